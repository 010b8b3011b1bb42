// Keeps the deployment files honest without a Docker engine: they parse, and what they name exists.
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const problems = [];
const expect = (holds, problem) => holds || problems.push(problem);

const compose = parse(readFileSync('deploy/compose.yaml', 'utf8'));
const { gatehouse, database } = compose.services;
expect(gatehouse.build.dockerfile === 'deploy/Dockerfile', 'compose builds another Dockerfile');
expect(
  gatehouse.depends_on.database.condition === 'service_healthy' && database.healthcheck,
  'gatehouse does not wait for a healthy database',
);
for (const volume of [...gatehouse.volumes, ...database.volumes]) {
  expect(volume.split(':')[0] in compose.volumes, `volume ${volume} is not declared`);
}

// Every variable that a file sets is one that the product reads.
const known = readFileSync('server/src/platform/config/config.ts', 'utf8');
const dockerfile = readFileSync('deploy/Dockerfile', 'utf8').replace(/\\\n\s*/g, ' ');
const set = [
  ...Object.keys(gatehouse.environment),
  ...[...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line]) =>
    line
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split('=')[0]),
  ),
];
for (const name of set) expect(new RegExp(`\\b${name}:`).test(known), `${name} is not a setting of Gatehouse`);

// Every stage that is copied from exists; every copied file exists; the last stage does not run as root.
const stages = [...dockerfile.matchAll(/^FROM \S+(?: AS (\w+))?$/gm)].map(([, name]) => name);
for (const [, stage] of dockerfile.matchAll(/--from=(\w+)/g))
  expect(stages.includes(stage), `no stage is called ${stage}`);
for (const [, files] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
  for (const file of files.split(' ')) expect(existsSync(file), `${file} is copied but does not exist`);
}
const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
expect(/^USER (?!root|0\b)\S+/m.test(last), 'the image runs as root');
expect(/HEALTHCHECK[\s\S]*\/health\/live/.test(last), 'the image has no health check');
const entry = /ENTRYPOINT (\[.+\])/.exec(last);
expect(
  entry && JSON.parse(entry[1]).at(-1) === 'dist/app/server/src/main.js',
  'the entry point is not the built server',
);

for (const problem of problems) console.error(`deploy: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
