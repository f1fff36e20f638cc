/** A proxy that ends a silent WebSocket: nginx, with its `proxy_read_timeout` of 60 s shortened. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeReach } from '../../src/lib/core/reach/reach-rules';
import { reach } from '../../src/lib/server/reach/reach';
import { describeWith, findProgram, PROGRAMS } from '../support/require';
import { closedPort } from '../support/scripted-servers';
import { until } from '../support/until';
import { acceptWebSocket } from '../support/web-socket';

const SILENCE_S = 2;

describeWith(['nginx'], 'icelens reach through nginx', () => {
	const folder = mkdtempSync(join(tmpdir(), 'icelens-nginx-'));
	let nginx: ChildProcess;
	let server: Server;
	let port: number;

	beforeAll(async () => {
		server = createServer((_, response) => response.end());
		server.on('upgrade', ({ headers }, socket) => acceptWebSocket(headers, socket));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		port = await closedPort('127.0.0.1');
		const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
		writeFileSync(
			join(folder, 'nginx.conf'),
			`daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
			events {}
			http {
				access_log off; ${temporary.join(' ')}
				server {
					listen 127.0.0.1:${port};
					location / {
						proxy_pass http://127.0.0.1:${(server.address() as AddressInfo).port};
						proxy_http_version 1.1;
						proxy_set_header Upgrade $http_upgrade;
						proxy_set_header Connection upgrade;
						proxy_read_timeout ${SILENCE_S}s;
					}
				}
			}`
		);
		nginx = spawn(findProgram(...PROGRAMS.nginx)!, ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]);
		const answers = async () =>
			(await reach(new URL(`http://127.0.0.1:${port}/`), { deadlineMs: 2000, holdMs: 0 })).answer?.status === 200;
		await until('an answer through nginx', answers);
	});
	afterAll(() => {
		nginx.kill();
		server.close();
		server.closeAllConnections();
		rmSync(folder, { recursive: true, force: true });
	});

	test('says after what silence the proxy ended it, and that no close frame came', async () => {
		const facts = await reach(new URL(`ws://127.0.0.1:${port}/`), { deadlineMs: 5000, holdMs: 30_000 });
		const { rule, values } = judgeReach(facts);
		expect(rule).toBe('reach-web-socket-cut');
		expect(values).toMatchObject({ messages: 0, pings: 0 });
		// nginx counts from the last byte of the answer, and its timers are no finer than a millisecond.
		expect(facts.held!.heldMs).toBeGreaterThan(1000 * SILENCE_S - 100);
	});
});
