'use strict';
/**
 * Tries from inside what a container must not be able to do, with the container's own limits only: without node's
 * permissions and without the harness, so what holds here holds for code that has broken out of both. Answers with one
 * list of {name, held, saw}. Runs as `node -e "const MODE = …;" + this`.
 */
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const dgram = require('node:dgram');
const { spawn } = require('node:child_process');

const found = [];
const tell = (name, held, saw) => found.push({ name, held, saw: String(saw).slice(0, 300) });
const codeOf = (error) => error?.code ?? 'an error without a code';
const read = (path) => {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

function send(type, sequence, text) {
  const body = Buffer.from(text);
  const head = Buffer.alloc(9);
  head.writeUInt32LE(body.length, 0);
  head[4] = type.charCodeAt(0);
  head.writeUInt32LE(sequence, 5);
  fs.writeSync(1, Buffer.concat([head, body]));
}

function status() {
  const lines = Object.fromEntries(read('/proc/self/status').split('\n').map((line) => line.split(/:\s*/, 2)));
  const ids = `${lines.Uid} ${lines.Gid} ${lines.Groups}`.split(/\s+/).filter(Boolean);
  tell('user', ids.length > 0 && ids.every((id) => id === '65534'), `user and groups ${[...new Set(ids)].join(', ')}`);
  const sets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((name) => lines[name]);
  tell('capabilities', sets.every((set) => /^0+$/.test(set ?? '')), `capability sets ${[...new Set(sets)].join(', ')}`);
  tell('privileges', lines.NoNewPrivs === '1', `NoNewPrivs ${lines.NoNewPrivs}`);
  tell('system-calls', lines.Seccomp === '2', `Seccomp mode ${lines.Seccomp}`);
  let root = 'became root';
  try {
    process.setuid(0);
  } catch (error) {
    root = codeOf(error);
  }
  tell('root', root === 'EPERM', `setuid 0: ${root}`);
}

function environment() {
  const usual = ['PATH', 'HOSTNAME', 'HOME', 'TZ', 'LC_ALL', 'NODE_VERSION', 'YARN_VERSION'];
  const others = Object.keys(process.env).filter((name) => !usual.includes(name));
  tell('environment', others.length === 0, others.length === 0 ? 'none of the host' : `variables ${others.join(', ')}`);
}

/** Every mount point and every usual place, by trying. */
function files() {
  const mounts = read('/proc/self/mountinfo').split('\n').map((line) => line.split(' ')[4]).filter(Boolean);
  const places = ['/', '/tmp', '/var/tmp', '/run', '/dev', '/dev/shm', '/dev/mqueue', '/etc', '/usr', '/home', '/sys/fs/cgroup'];
  const writable = [];
  for (const place of new Set([...places, ...mounts])) {
    const isFile = fs.statSync(place, { throwIfNoEntry: false })?.isFile() ?? false;
    const path = isFile ? place : `${place.replace(/\/$/, '')}/towpath-was-here`;
    try {
      fs.writeFileSync(path, 'x');
      writable.push(place);
      if (!isFile) fs.unlinkSync(path);
    } catch {}
  }
  tell('files', writable.length === 0, writable.length === 0 ? `nothing can be written in ${places.length + mounts.length} places` : `can write to ${writable.join(', ')}`);
  const hosts = ['/var/run/docker.sock', '/run/docker.sock', '/host', '/rootfs', '/proc/kcore'].filter((path) => {
    try {
      fs.closeSync(fs.openSync(path, 'r'));
      return true;
    } catch (error) {
      return codeOf(error) === 'ENXIO'; // a socket: it is there
    }
  });
  const readable = hosts.filter((path) => path !== '/proc/kcore' || read(path).length > 0);
  tell('host-files', readable.length === 0, readable.length === 0 ? 'no socket and no folder of the host' : `sees ${readable.join(', ')}`);
  const processes = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  tell('host-processes', processes.length <= 2, `sees ${processes.length} process${processes.length === 1 ? '' : 'es'}`);
}

function openFiles() {
  const open = [];
  let end = 'no end';
  try {
    for (let i = 0; i < 4096; i++) open.push(fs.openSync('/proc/self/status', 'r'));
  } catch (error) {
    end = codeOf(error);
  }
  for (const file of open) fs.closeSync(file);
  tell('open-files', end === 'EMFILE' && open.length < 256, `${open.length} files, then ${end}`);
}

const connect = (host, port) =>
  new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 1500 });
    const end = (saw) => (socket.destroy(), resolve(saw));
    socket.on('connect', () => end('connected')).on('error', (error) => end(codeOf(error))).on('timeout', () => end('no answer'));
  });

const throwPacket = (host) =>
  new Promise((resolve) => {
    const socket = dgram.createSocket('udp4');
    const end = (saw) => resolve((socket.close(), saw));
    socket.on('error', (error) => end(codeOf(error)));
    socket.send('x', 9, host, (error) => end(error ? codeOf(error) : 'sent'));
  });

/** 192.0.2.1 belongs to nobody (RFC 5737). */
async function network() {
  const cards = Object.keys(os.networkInterfaces()).filter((name) => name !== 'lo');
  const devices = read('/proc/net/dev').split('\n').slice(2).map((line) => line.split(':')[0].trim()).filter(Boolean);
  const others = [...new Set([...cards, ...devices.filter((name) => name !== 'lo')])];
  const routes = read('/proc/net/route').trim().split('\n').length - 1;
  tell('network', routes <= 0, `${routes <= 0 ? 'no route' : `${routes} routes`}, interfaces: ${['lo', ...others].join(', ')}`);
  const outside = await connect('192.0.2.1', 80);
  tell('connections', outside === 'ENETUNREACH', `connecting outside: ${outside}`);
  const packet = await throwPacket('192.0.2.1');
  tell('packets', packet === 'ENETUNREACH', `sending a packet: ${packet}`);
  const host = await connect('127.0.0.1', HOST_PORT);
  tell('host-ports', host === 'ECONNREFUSED', `a port that is open on the host: ${host}`);
}

/** Children that sleep, until the kernel gives no more. Each is a node of seven threads. */
async function processes() {
  const children = [];
  let end = 'no end';
  for (let i = 0; i < 64 && end === 'no end'; i++) {
    const child = spawn(process.execPath, ['--v8-pool-size=0', '-e', 'setTimeout(() => {}, 5000)'], { stdio: 'ignore' });
    await new Promise((resolve) => child.on('spawn', resolve).on('error', (error) => resolve((end = codeOf(error)))));
    if (end === 'no end') children.push(child);
  }
  for (const child of children) child.kill('SIGKILL');
  tell('processes', end === 'EAGAIN', `${children.length} children, then ${end}`);
}

/** Ends with the container, if there is a bound. */
function memory() {
  const kept = [];
  while (kept.length * 8 < 2 * MEGABYTES) kept.push(Buffer.alloc(8 << 20, 1));
  tell('memory', false, `used ${kept.length * 8} MB`);
}

/** The magic and one message: the question. At the end of input the host is gone. */
function waitForQuestion() {
  for (let got = 0; got < 18; ) {
    const count = fs.readSync(0, Buffer.alloc(64));
    if (count === 0) process.exit(0);
    got += count;
  }
}

async function main() {
  send('H', 0, '{}');
  waitForQuestion();
  if (MODE === 'memory') memory();
  else if (MODE === 'processes') await processes();
  else {
    status();
    environment();
    files();
    openFiles();
    await network();
  }
  send('R', 1, JSON.stringify(found));
}

main();
