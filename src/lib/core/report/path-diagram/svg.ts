/** The path picture as SVG text, for documents that stand alone. The screen draws the same layout as a component. */
import { escapeXml } from '../../base/escape';
import type { PictureWords } from '../../messages/language';
import { edgeCaption, lineName, lineResult, markPath, pictureLabel, shortBrowser } from './captions';
import { fit, layoutPaths, type Box, type PlacedLine, type PlacedServer } from './layout';
import type { PathModel } from './paths';

/** `width` in CSS pixels. Colours come from the document's style sheet (classes `picture` and below); empty without servers. */
export function pictureSvg(model: PathModel, browser: string, width: number, words: PictureWords): string {
	if (model.servers.length === 0) return '';
	const layout = layoutPaths(model, width);
	const { device, edge } = layout;
	const caption = edgeCaption(model, words);
	const addresses = model.publicAddresses
		.slice(0, 2)
		.map((address, i) =>
			text(edge.x + 15, edge.y + (caption.mapping === '' ? 47 : 65) + i * 18, 'mono', fit(address, edge.width - 24, 7.3))
		);
	const middle = device.x + device.width / 2;
	return [
		`<svg class="picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${layout.width} ${layout.height}" width="${layout.width}" height="${layout.height}" role="img" aria-label="${escapeXml(pictureLabel(model, words))}">`,
		`<path class="device-link" d="${layout.deviceLink}"/>`,
		layout.serverLink === '' ? '' : `<path class="server-link" d="${layout.serverLink}"/>`,
		...layout.servers.flatMap(({ lines }) =>
			lines.map((placed) => `<path class="line ${placed.line.state}" d="${placed.path}"/>`)
		),
		rect(device, 'device'),
		text(middle, device.y + 36, 'name middle', words.device),
		text(middle, device.y + 55, 'quiet middle', fit(shortBrowser(browser), device.width - 12, 6.6)),
		rect(edge, 'edge'),
		text(edge.x + 15, edge.y + 26, 'name', caption.name),
		caption.mapping === '' ? '' : text(edge.x + 15, edge.y + 45, 'quiet', fit(caption.mapping, edge.width - 24, 6.6)),
		...addresses,
		...layout.servers.map((server) => serverSvg(server, words)),
		'</svg>'
	].join('');
}

function serverSvg({ box, host, lines }: PlacedServer, words: PictureWords): string {
	const rows = lines.map((placed) => lineSvg(placed, box, words)).join('');
	return `${rect(box, 'server')}${text(box.x + 15, box.y + 24, 'name', fit(host, box.width - 28, 7.8))}${rows}`;
}

function lineSvg(placed: PlacedLine, box: Box, words: PictureWords): string {
	const { line, mark, y } = placed;
	const known = line.state === 'open' || line.state === 'refused' || line.state === 'blocked';
	const sign = known
		? `<circle class="mark ${line.state}" cx="${mark.x}" cy="${mark.y}" r="9"/><path class="sign" d="${markPath(placed)}"/>`
		: '';
	const name = text(box.x + 15, y + 4.5, 'quiet', lineName(line, words));
	return `${name}${text(box.x + box.width - 14, y + 4.5, `result end ${line.state}`, lineResult(line, words))}${sign}`;
}

function rect({ x, y, width, height }: Box, name: string): string {
	return `<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>`;
}

function text(x: number, y: number, name: string, content: string): string {
	return `<text class="${name}" x="${x}" y="${y}">${escapeXml(content)}</text>`;
}
