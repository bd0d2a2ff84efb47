/** Types of `suitable-node.mjs`, for the tests. */
export function isNewEnough(version: string, minimum?: readonly [number, number]): boolean;
export function suitableNode(): string;
