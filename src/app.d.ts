declare global {
	/** The package's version, put in at build time (vite.config.ts). */
	const __ICELENS_VERSION__: string;
}

export {};
