# Attune as a small image: built from the lockfile, run by a user without rights, nothing to write but /data.
ARG NODE_VERSION=22

# All of Debian: where no ready-made native part of the database fits, it is compiled.
FROM node:${NODE_VERSION}-bookworm AS build
WORKDIR /attune
# Node's headers are in the image; a compilation need not fetch them.
ENV npm_config_nodedir=/usr/local
COPY package.json package-lock.json .npmrc ./
# The database's native part, and TensorFlow's where it can be fetched: it is optional.
RUN npm ci --include=dev
COPY tsconfig.json tsconfig.build.json ./
COPY models models
COPY workers workers
COPY commands commands
COPY src src
RUN node_modules/.bin/tsc -p tsconfig.build.json --sourceMap false
# What the program needs to run, and no more: no development packages, no leftovers of the database's
# compilation, no types and no maps.
RUN npm prune --omit=dev --ignore-scripts \
 && rm -rf node_modules/sqlite3/deps \
 && find node_modules/sqlite3/build -type f ! -path '*/Release/node_sqlite3.node' -delete \
 && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM node:${NODE_VERSION}-bookworm-slim
# As process 1 the bot could not be ended when it hangs: the kernel keeps such signals from it.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
# Where the latest release is told; the workflow that publishes the image says it.
ARG UPDATE_URL=
ENV NODE_ENV=production \
    UPDATE_URL=${UPDATE_URL} \
    STORE_URL=sqlite:///data/attune.sqlite \
    METRICS_PORT=9464
COPY --from=build /attune/package.json /attune/
COPY --from=build /attune/node_modules /attune/node_modules
COPY --from=build /attune/src/shared/deck /attune/src/shared/deck
COPY --from=build /attune/dist /attune/dist
RUN mkdir /data && chown node:node /data
# A .env in the volume is read, too.
WORKDIR /data
VOLUME /data
USER node
# A bot that takes connections and gives no answer is ended, and with it the container, which Docker
# starts again.
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s --retries=3 \
  CMD ["node", "/attune/dist/src/cli/check-health.js", "--end-hung", "1"]
ENTRYPOINT ["/usr/bin/tini", "--"]
# The options of npm start; docs/speed.md says why.
CMD ["node", "--v8-pool-size=1", "/attune/dist/src/main.js"]
