/** Places the path picture for a width in CSS pixels: side by side where there is room, one below the other on a phone. Pure. */
import type { PathLine, PathModel } from './paths';

export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

export interface PlacedLine {
	line: PathLine;
	/** SVG path from the network's edge to the server. */
	path: string;
	/** Where the mark of its state sits. */
	mark: { x: number; y: number };
	/** Middle of the line's row inside the server's box. */
	y: number;
}

export interface PlacedServer {
	host: string;
	box: Box;
	lines: PlacedLine[];
}

export interface Layout {
	width: number;
	height: number;
	narrow: boolean;
	device: Box;
	edge: Box;
	/** SVG path from the device to the edge. */
	deviceLink: string;
	/** On narrow screens: the vertical line that the servers branch off; empty otherwise. */
	serverLink: string;
	servers: PlacedServer[];
}

const ROW = 28;
const HEAD = 32;
const FOOT = 8;
const GAP = 14;
const NARROW_BELOW = 620;

export function layoutPaths(model: PathModel, width: number): Layout {
	return width < NARROW_BELOW ? stacked(model, width) : sideBySide(model, width);
}

function sideBySide(model: PathModel, width: number): Layout {
	const deviceWidth = Math.min(150, width * 0.17);
	const edgeWidth = Math.min(230, width * 0.25);
	const serverWidth = Math.min(330, width * 0.36);
	const serverX = width - serverWidth;
	// The edge stands closer to the device than to the servers: the lines need the room.
	const edgeX = deviceWidth + (serverX - deviceWidth - edgeWidth) * 0.32;
	const total = stackHeight(model);
	const height = Math.max(total, 124);
	const middle = height / 2;
	const device = { x: 1, y: middle - 38, width: deviceWidth, height: 76 };
	const edge = { x: edgeX, y: middle - 50, width: edgeWidth, height: 100 };
	const from = { x: edge.x + edge.width, y: middle };
	const servers = place(model, serverX, serverWidth, (height - total) / 2, (y) => {
		const reach = serverX - from.x;
		return {
			path: `M${from.x} ${from.y}C${from.x + reach * 0.45} ${from.y} ${serverX - reach * 0.55} ${y} ${serverX} ${y}`,
			mark: { x: serverX - 30, y }
		};
	});
	return {
		width,
		height,
		narrow: false,
		device,
		edge,
		deviceLink: `M${device.x + device.width} ${middle}H${edge.x}`,
		serverLink: '',
		servers
	};
}

function stacked(model: PathModel, width: number): Layout {
	const device = { x: 1, y: 1, width: width - 2, height: 52 };
	const edge = { x: 1, y: 77, width: width - 2, height: 84 };
	const linkX = 18;
	const top = edge.y + edge.height + 22;
	const serverX = 52;
	const servers = place(model, serverX, width - serverX - 1, top, (y) => ({
		path: `M${linkX} ${y - 8}Q${linkX} ${y} ${linkX + 8} ${y}H${serverX}`,
		mark: { x: serverX - 16, y }
	}));
	const height = top + stackHeight(model) + 1;
	const lowest = Math.max(0, ...servers.flatMap(({ lines }) => lines.map(({ y }) => y)));
	const down = `M${linkX} ${edge.y + edge.height}V${lowest - 8}`;
	return {
		width,
		height,
		narrow: true,
		device,
		edge,
		deviceLink: `M${linkX} ${device.y + device.height}V${edge.y}`,
		serverLink: down,
		servers
	};
}

function stackHeight({ servers }: PathModel): number {
	return servers.reduce((sum, { lines }) => sum + HEAD + lines.length * ROW + FOOT, 0) + Math.max(0, servers.length - 1) * GAP;
}

function place(
	{ servers }: PathModel,
	x: number,
	width: number,
	top: number,
	route: (y: number) => Pick<PlacedLine, 'path' | 'mark'>
): PlacedServer[] {
	let y = top;
	return servers.map(({ host, lines }) => {
		const box = { x, y, width, height: HEAD + lines.length * ROW + FOOT };
		const placed = lines.map((line, i) => {
			const middle = box.y + HEAD + i * ROW + ROW / 2;
			return { line, y: middle, ...route(middle) };
		});
		y += box.height + GAP;
		return { host, box, lines: placed };
	});
}

/** Shortens a name to what fits, from the middle, so that the ends that tell names apart stay. */
export function fit(text: string, width: number, perCharacter: number): string {
	const room = Math.max(4, Math.floor(width / perCharacter));
	if (text.length <= room) return text;
	const tail = Math.floor((room - 1) / 2);
	return `${text.slice(0, room - 1 - tail)}…${text.slice(text.length - tail)}`;
}
