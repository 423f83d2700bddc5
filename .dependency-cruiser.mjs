/**
 * The direction of imports, as rules. Rooms stand in layers, and arrows never point upwards:
 *
 *     foundation  <-  wire  <-  engine  <-  adapters  <-  apps
 *
 * A room is imported by `#room` and seen only through its index. Each rule ends in the sentence
 * that a person needs who has just broken it.
 */
const layers = {
  foundation: ['kernel', 'contracts', 'control'],
  wire: ['amf', 'flv', 'rtmp', 'still'],
  engine: ['ring', 'media', 'relay-core'],
  adapters: [
    'net',
    'https-call',
    'outbound',
    'lanes',
    'persistence',
    'queue',
    'live',
    'vault',
    'platforms',
    'observability',
    'environment',
    'process',
  ],
};

/** Rooms that a lane loads: Node runs them by stripping their types, and they know no framework. */
const pureRooms = [...layers.wire, ...layers.engine];
const allRooms = Object.values(layers).flat();

const rooms = (...names) => `^libs/(?:${names.join('|')})/`;
const spec = '\\.(?:spec|conformance|fixture)\\.tsx?$|^libs/testing/';
const ioModules =
  'net|tls|dgram|dns|fs|http|https|http2|worker_threads|child_process|cluster|timers'.split('|');
const npmPackage = (...names) => `(?:^|/)node_modules/(?:${names.join('|')})(?:/|$)`;

/** A layer may import those below it (and its own); everything in `above` is out of its reach. */
const arrow = (name, from, above, sentence) => ({
  name,
  comment: sentence,
  severity: 'error',
  from: { path: from },
  to: { path: above },
});

/** A third-party package, and the only places that may know it. */
const onlyIn = (name, packages, places, sentence) => ({
  name,
  comment: sentence,
  severity: 'error',
  from: { path: '^(?:apps|libs)/', pathNot: places },
  to: { path: npmPackage(...packages) },
});

export default {
  forbidden: [
    arrow(
      'foundation-imports-nothing',
      rooms(...layers.foundation),
      ['^apps/', rooms(...layers.wire, ...layers.engine, ...layers.adapters, 'testing')],
      'Foundation is what all else stands on: it knows no room above it.',
    ),
    arrow(
      'wire-imports-foundation-only',
      rooms(...layers.wire),
      ['^apps/', rooms(...layers.engine, ...layers.adapters)],
      'Wire rooms turn bytes into events; what is done with the events is decided above them.',
    ),
    arrow(
      'engine-imports-wire-and-foundation-only',
      rooms(...layers.engine),
      ['^apps/', rooms(...layers.adapters)],
      'Engine rooms do I/O through ports; an adapter is handed in, never imported.',
    ),
    arrow(
      'adapters-do-not-import-apps',
      rooms(...layers.adapters),
      ['^apps/'],
      'Adapters serve the apps; an app composes them, never the reverse.',
    ),
    {
      name: 'apps-do-not-import-each-other',
      comment: 'Apps are separate processes: they meet in contracts, in queues and in the stores.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'dashboard-imports-contracts-only',
      comment:
        'The dashboard runs in a browser: of ours it may know contracts and control, nothing else.',
      severity: 'error',
      from: { path: '^apps/dashboard/' },
      to: { path: '^libs/', pathNot: '^libs/(?:contracts|control)/' },
    },
    {
      name: 'dashboard-features-do-not-import-each-other',
      comment: 'A feature stands alone; what two features share belongs in components or lib.',
      severity: 'error',
      from: { path: '^apps/dashboard/src/features/([^/]+)/' },
      to: { path: '^apps/dashboard/src/features/', pathNot: '^apps/dashboard/src/features/$1/' },
    },
    {
      name: 'dashboard-layers-go-one-way',
      comment: 'In the dashboard lib <- components <- features <- app; nothing imports upwards.',
      severity: 'error',
      from: { path: '^apps/dashboard/src/(?:lib|components|features)/' },
      to: { path: '^apps/dashboard/src/(?:app/|main\\.)' },
    },
    {
      name: 'dashboard-components-know-no-feature',
      comment: 'Components and lib are shared: they must not know who uses them.',
      severity: 'error',
      from: { path: '^apps/dashboard/src/(?:lib|components)/' },
      to: { path: '^apps/dashboard/src/features/' },
    },
    {
      name: 'dashboard-lib-knows-no-component',
      comment: 'The store and the API client live outside React.',
      severity: 'error',
      from: { path: '^apps/dashboard/src/lib/', pathNot: spec },
      to: { path: ['^apps/dashboard/src/components/', npmPackage('react-dom')] },
    },
    {
      name: 'dashboard-imports-types-only',
      comment:
        'The page takes types of our rooms and no code: their schemas would be loaded with it.',
      severity: 'error',
      from: { path: '^apps/dashboard/src/', pathNot: spec },
      to: { path: '^libs/', dependencyTypesNot: ['type-only'] },
    },
    onlyIn(
      'base-ui-only-in-components',
      ['@base-ui/react'],
      ['^apps/dashboard/src/components/', '^apps/dashboard/src/main\\.'],
      'Its parts are wrapped once, in components; a feature uses those.',
    ),
    onlyIn(
      'mpegts-only-in-the-player',
      ['mpegts\\.js'],
      '^apps/dashboard/src/lib/flv-player\\.',
      'The player is loaded by who looks at a picture; flv-player.ts does that.',
    ),
    onlyIn(
      'uplot-only-in-the-chart',
      ['uplot'],
      '^apps/dashboard/src/components/chart-plot\\.',
      'Charts are drawn behind components/chart.tsx, which loads the drawing when one is shown.',
    ),
    {
      name: 'room-only-through-its-index',
      comment: "Import a room by '#room': past its index nothing is promised.",
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'room-only-through-its-index-from-outside',
      comment: "Import a room by '#room': past its index nothing is promised.",
      severity: 'error',
      from: { path: '^(?:apps|test|tools)/' },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot: ['^libs/[^/]+/src/index\\.ts$', '\\.conformance\\.ts$'],
      },
    },
    {
      name: 'room-not-by-relative-path',
      comment: "Another room is reached by '#room', not by a path that climbs out of one's own.",
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: {
        path: '^libs/[^/]+/src/',
        pathNot: ['^libs/$1/', '\\.conformance\\.ts$'],
        dependencyTypesNot: ['aliased-subpath-import'],
      },
    },
    {
      name: 'room-not-by-relative-path-from-outside',
      comment: "A room is reached by '#room', not by a path into libs.",
      severity: 'error',
      from: { path: '^(?:apps|test|tools)/' },
      to: {
        path: '^libs/[^/]+/src/',
        pathNot: ['\\.conformance\\.ts$'],
        dependencyTypesNot: ['aliased-subpath-import'],
      },
    },
    {
      name: 'data-plane-knows-no-store',
      comment:
        'Media never waits for a store: what a lane needs of one is handed to it by the app.',
      severity: 'error',
      from: { path: rooms('net', 'https-call', 'outbound', 'lanes', 'vault') },
      to: { path: rooms('persistence', 'queue', 'live') },
    },
    {
      name: 'wire-and-engine-have-no-packages',
      comment: 'The hot path is ours alone: no npm package in wire and engine.',
      severity: 'error',
      from: { path: rooms(...pureRooms), pathNot: spec },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'] },
    },
    {
      name: 'wire-and-engine-do-no-io',
      comment: 'Sockets, files, processes and threads are handed in as ports.',
      severity: 'error',
      from: { path: rooms(...pureRooms), pathNot: spec },
      to: {
        dependencyTypes: ['core'],
        path: ioModules.map((name) => `^(?:node:)?${name}(?:$|/)`),
      },
    },
    {
      name: 'nest-only-in-apps',
      comment: 'Nest stands at the rim: rooms are plain classes that an app wires up.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: npmPackage('@nestjs/[^/]+', 'nestjs-[^/]+', 'express', 'helmet') },
    },
    onlyIn(
      'prisma-only-in-persistence',
      ['@prisma/[^/]+', 'prisma', '\\.prisma', 'pg'],
      '^libs/persistence/',
      'Postgres has one door: the persistence room.',
    ),
    onlyIn(
      'bullmq-only-in-queue',
      ['bullmq', '@nestjs/bullmq'],
      '^libs/queue/',
      'Jobs have one door: the queue room, which types them.',
    ),
    onlyIn(
      'ioredis-only-in-live-and-queue',
      ['ioredis'],
      '^libs/(?:live|queue)/',
      'Redis has two doors: live (facts with deadlines) and queue (jobs).',
    ),
    {
      name: 'testing-only-from-tests',
      comment: 'The testing room holds fakes; nothing that ships may lean on it.',
      severity: 'error',
      from: { path: '^(?:apps|libs)/', pathNot: [spec, '^libs/testing/'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'source-does-not-import-tests',
      comment: 'A test may be deleted without breaking the product.',
      severity: 'error',
      // The front doors of what stands in test: `npm run sim`, faults, fuzz, soak and peers.
      from: {
        path: '^(?:apps|libs|tools)/',
        pathNot: [spec, '^libs/testing/', '^tools/(?:sim|faults|fuzz|soak|peers)(?:\\.ts$|/)'],
      },
      to: { path: ['\\.spec\\.tsx?$', '^test/'] },
    },
    {
      name: 'ships-no-development-package',
      comment: 'What the processes need at run time belongs in dependencies, not devDependencies.',
      severity: 'error',
      from: {
        path: '^(?:apps/(?:api|relay|worker)|libs)/',
        pathNot: [spec, '^libs/testing/', '\\.config\\.ts$'],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'package-is-declared',
      comment: 'Import only what package.json names; what others bring along may go with them.',
      severity: 'error',
      from: { path: '^(?:apps|libs|tools|test)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'room-stands-in-a-layer',
      comment: 'A new room is first given its layer in this file; without one it has no direction.',
      severity: 'error',
      from: { path: '^(?:apps|libs|test|tools)/' },
      to: { path: '^libs/', pathNot: rooms(...allRooms, 'testing') },
    },
    {
      name: 'no-cycles',
      comment:
        'Under ESM a cycle is a name used before it exists; cut it with a port or a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere fails here first, with the name of the file.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/', '^libs/persistence/src/generated/'] },
    exclude: { path: ['^dist/', '\\.css$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'types', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
