# syntax=docker/dockerfile:1

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --loglevel=error
COPY tsconfig.json tsconfig.build.json tsconfig.client.json ./
COPY prisma prisma
COPY scripts scripts
COPY src src
RUN npm run build

# Optional and peer packages are the Prisma CLI and what it needs; at run time nothing does.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --omit=peer --loglevel=error

FROM node:24-slim
LABEL org.opencontainers.image.title="Sallyport" \
      org.opencontainers.image.description="Approved, time-bound IAM database access to Amazon Aurora and RDS" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    HOST=0.0.0.0 \
    PORT=8080
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY prisma prisma
COPY package.json ./
USER node
EXPOSE 8080
# Of `serve`; a worker has no port, so turn this off for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]
