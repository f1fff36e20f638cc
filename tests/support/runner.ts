/** vitest's own runner, which asks only the tests of `tests/quarantine.ts` again, and closes what the files of a worker shared. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TestRunner, type RunnerTestCase } from 'vitest';
import { QUARANTINE } from '../quarantine';
import { closeShared } from './once-a-worker';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const listed = new Set(QUARANTINE.map(({ test }) => test));

export default class WorkerRunner extends TestRunner {
	constructor(config: ConstructorParameters<typeof TestRunner>[0]) {
		super(config);
		this.onCleanupWorkerContext(closeShared);
	}

	override async onBeforeRunTask(test: RunnerTestCase): Promise<void> {
		if (listed.has(`${relative(ROOT, test.file.filepath)} > ${test.fullTestName}`)) test.retry = 2;
		await super.onBeforeRunTask(test);
	}
}
