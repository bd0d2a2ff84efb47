/**
 * The walls of the house: which room may import from which; types count as well. CI holds it.
 * docs/README.md describes the rooms.
 */

/** From the ground up: a room imports from those above it in this list, and from no other. */
const ROOMS = [
  "^models/algebra/",
  "^models/encoder/",
  "^models/rewards/",
  "^models/acquisition/",
  "^models/steering/",
  "^models/training/",
  "^workers/",
  "^src/shared/",
  "^src/language/",
  "^src/config\\.ts$",
  "^src/safety/",
  "^src/store/",
  "^src/guilds/",
  "^src/ballots/",
  "^src/members/",
  "^src/limits/",
  "^src/conversation/",
  "^src/training/",
  "^src/observability/",
  "^src/pictures/",
  "^src/compose/",
  "^src/compose\\.ts$",
  "^src/discord/",
  "^src/doctor/",
  "^commands/",
  "^src/playground/",
  "^src/shutdown\\.ts$",
  "^src/cli/",
  "^src/roles/",
  "^src/main\\.ts$",
  "^src/lab/",
];

const walls = ROOMS.slice(0, -1).map((room, floor) => ({
  name: `${room.replace(/[\^$\\/]|src|\.ts/g, "")}-imports-downwards`,
  comment: "Dependencies point one way: move what is shared to the lower room.",
  severity: "error",
  from: { path: room },
  to: { path: ROOMS.slice(floor + 1) },
}));

export default {
  forbidden: [
    ...walls,
    {
      name: "models-know-nobody",
      comment: "The engine is pure: no storage, no Discord, no environment, no thread.",
      severity: "error",
      from: { path: "^models/" },
      to: { path: "^(?!models/|node_modules/@tensorflow/)" },
    },
    {
      name: "lab-is-nobody's",
      comment: "What measures the product is no part of it.",
      severity: "error",
      from: { pathNot: "^src/lab/" },
      to: { path: "^src/lab/" },
    },
    {
      name: "only-lab-uses-development-packages",
      comment: "The image is built without them.",
      severity: "error",
      from: { path: "^(models|workers|commands|src)/", pathNot: "^src/lab/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm"] },
    },
    {
      name: "only-discord-knows-discord",
      severity: "error",
      from: { path: "^(models|workers|src/(?!discord/|doctor/|lab/|cli/))" },
      to: { path: "^node_modules/discord" },
    },
    {
      name: "only-conversation-knows-openai",
      severity: "error",
      from: { pathNot: "^src/conversation/" },
      to: { path: "^node_modules/openai" },
    },
    {
      name: "only-workers-know-piscina",
      severity: "error",
      from: { pathNot: "^workers/" },
      to: { path: "^node_modules/piscina" },
    },
    {
      name: "only-the-store-knows-the-database",
      severity: "error",
      from: { pathNot: "^src/store/" },
      to: { path: "^node_modules/(@keyv|keyv|sqlite3|pg/)" },
    },
    {
      name: "only-jobs-know-the-queue",
      severity: "error",
      from: { pathNot: "^src/training/jobs/" },
      to: { path: "^node_modules/pg-boss" },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    enhancedResolveOptions: { extensions: [".ts", ".mjs", ".js"] },
  },
};
