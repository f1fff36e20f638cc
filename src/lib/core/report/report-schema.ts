/** The published JSON Schema of a report, made from the shape that files are checked with. `npm run lab -- update-docs` writes it. */
import { SCHEMA } from './report';
import { REPORT_SHAPE } from './report-shape';
import { schemaOf, type JsonSchema } from './shape';

export function reportSchema(): JsonSchema {
	return {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		$id: `https://icelens.example/report-${SCHEMA}.schema.json`,
		title: `Icelens report, schema ${SCHEMA}`,
		description:
			'What a browser saw of a network, and what was concluded. Fields that are not named here may be there; they are kept. Probes that are not named here may be there; they are kept and not judged.',
		...schemaOf(REPORT_SHAPE)
	};
}
