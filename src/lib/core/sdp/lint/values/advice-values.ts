/** What rules that only inform found. */

export interface AdviceValues {
	implementation: { name: string };
	addresses: { public: number; private: number; mdns: number };
	size: { characters: number; lines: number; sip: boolean };
	'deprecated-attributes': {
		attribute: string;
		onSource: boolean;
		instead: 'ice-options' | 'simulcast' | 'setup' | 'msid' | 'nothing';
	};
}
