export function argumentsFor(store: "sqlite" | "postgres"): string[];
