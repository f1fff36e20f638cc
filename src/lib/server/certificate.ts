import { generate } from 'selfsigned';
import { parseIp } from '../core/base/ip';

export interface Certificate {
	/** PEM. */
	cert: string;
	/** PEM, not encrypted. */
	key: string;
}

/**
 * A self-signed certificate for trying TURN over TLS: it is valid for 13 months and names every host given, names as
 * DNS entries and addresses as IP entries (RFC 6125 reads no host from the common name when they are there).
 */
export async function makeCertificate(hosts: readonly string[]): Promise<Certificate> {
	const named = hosts.length > 0 ? hosts : ['localhost'];
	const now = Date.now();
	const made = await generate([{ name: 'commonName', value: named[0] }], {
		keyType: 'ec',
		curve: 'P-256',
		algorithm: 'sha256',
		// Valid since a day ago: with a clock that is behind it would not be valid yet.
		notBeforeDate: new Date(now - 86_400_000),
		notAfterDate: new Date(now + 397 * 86_400_000),
		extensions: [
			{ name: 'basicConstraints', cA: false },
			{ name: 'keyUsage', digitalSignature: true, keyAgreement: true },
			{ name: 'extKeyUsage', serverAuth: true },
			{
				name: 'subjectAltName',
				altNames: named.map((host) => (parseIp(host) ? { type: 7 as const, ip: host } : { type: 2 as const, value: host }))
			}
		]
	});
	return { cert: made.cert, key: made.private };
}
