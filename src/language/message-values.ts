/**
 * What a sentence needs to be filled in, read from its text by the compiler. A sentence is an ICU
 * message: `{name}`, `{share, number, percent}`, `{votes, plural, one {# vote} other {# votes}}`,
 * `{kind, select, a {…} other {…}}`. No I/O.
 */

/** The values of `Message`, by name: numbers for plurals and numbers, text or numbers otherwise. */
export type ValuesOf<Message extends string> = {
  readonly [Found in FoundIn<Message> as Found[0]]: Found[1];
};

type FoundIn<Message extends string> = string extends Message
  ? readonly [string, string | number]
  : InText<Message, never>;

/** A closing brace ends the branch that the text stands in. */
type InText<Rest extends string, Found> = Rest extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? AfterBranch<Rest, Found>
    : InArgument<After, Found>
  : AfterBranch<Rest, Found>;

type AfterBranch<Rest extends string, Found> = Rest extends `${string}}${infer After}`
  ? InBranches<After, Found>
  : Found;

type InArgument<Rest extends string, Found> = Rest extends `${infer Head}}${infer After}`
  ? Head extends `${infer Name}, plural,${string}`
    ? InBranches<AfterKind<Rest, "plural">, Found | readonly [Name, number]>
    : Head extends `${infer Name}, select,${string}`
      ? InBranches<AfterKind<Rest, "select">, Found | readonly [Name, string]>
      : Head extends `${infer Name}, number${string}`
        ? InText<After, Found | readonly [Name, number]>
        : InText<After, Found | readonly [Head, string | number]>
  : Found;

type AfterKind<
  Rest extends string,
  Kind extends string,
> = Rest extends `${string}, ${Kind},${infer Branches}` ? Branches : never;

/** Between two branches; a closing brace ends the argument. */
type InBranches<Rest extends string, Found> = Rest extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? AfterArgument<Rest, Found>
    : InText<After, Found>
  : AfterArgument<Rest, Found>;

type AfterArgument<Rest extends string, Found> = Rest extends `${string}}${infer After}`
  ? InText<After, Found>
  : Found;
