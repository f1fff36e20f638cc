/** What became of audio and video in a recording, and over which path they went, in English. */
import { bitrate, count, duration, formatBytes, formatUnit, percent } from '../../base/format';
import type {
	Coder,
	MediaPathValues,
	MediaValues,
	NetworkEnd,
	SimulcastLayer,
	StreamValues,
	UsedPair
} from '../../call/findings/finding-values';
import { list } from '../../base/list';
import type { Direction } from '../../sdp/text/description';
import type { MessagesOf } from '../messages';
import { sectionNames } from './section-names';
import { endLabel, streamLabel } from './subject-names';

export const RECORDED_MEDIA: MessagesOf<keyof MediaPathValues | keyof MediaValues> = {
	'relay-over-stream': ({ relayProtocol, udpConfigured }) => {
		const why =
			udpConfigured === null
				? ''
				: udpConfigured
					? ' A TURN server over UDP was configured too, and was not used: it did not work, or was not preferred.'
					: ' No TURN server over UDP was configured, so nothing is known about UDP.';
		return `Media went through a TURN server reached over ${relayProtocol.toUpperCase()}: each lost packet delays all that follow.${why}`;
	},
	'relay-used': ({ relayOf }) => `Media went through ${RELAYS[relayOf]}.`,
	'path-changed': ({ changedAtMs, from, to, networks, pausedMs }) => {
		const moved = networks === null ? '' : `, and this device from ${networkName(networks.from)} to ${networkName(networks.to)}`;
		const pause = pausedMs === null ? '' : ` No packet arrived for at least ${duration(pausedMs)} around that time.`;
		return `At ${duration(changedAtMs)} media moved from ${pairName(from)} to ${pairName(to)}${moved}.${pause}`;
	},
	'dtls-parameters': ({ version, cipher, srtpCipher, group }) => {
		const facts = [
			...(version === null ? [] : [version === 'unknown' ? 'a version of DTLS that is not known here' : `DTLS ${version}`]),
			...(cipher === null ? [] : [`cipher ${cipher}`]),
			...(group === null ? [] : [`group ${group}`]),
			...(srtpCipher === null ? [] : [`SRTP with ${srtpCipher}`])
		];
		return `Encryption: ${facts.join(', ')}.${version === '1.0' ? ' DTLS 1.0 is no longer to be used (RFC 8996).' : ''}`;
	},
	'round-trip-time-high': ({ limitMs, mostMs, moreTimes, ...span }) =>
		`Round-trip times over ${duration(limitMs)} ${during(span)}, up to ${duration(mostMs)}${moreTimes > 0 ? `, and ${count(moreTimes, 'more time')}` : ''}: people notice such delays in conversation.`,
	'vpn-interface': ({ used }) => {
		if (used === null) return 'This device has a VPN; the recording does not show over which path media went.';
		return used
			? 'The selected candidate pair leaves this device by a VPN, with its delay and its limits.'
			: 'This device has a VPN; the selected candidate pair does not go through it.';
	},
	'clock-skew': ({ aheadMs }) =>
		`The clock of the other end is about ${duration(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} this end's, the delay of one direction included: shift one of two recordings by that before comparing their times.`,

	'media-declined': ({ sections, by, how, offered, all }) => {
		const who = by === 'other-end' ? 'The other end' : 'This end';
		const what = how === 'rejected' ? 'rejected in its answer (port 0)' : 'answered with “inactive”';
		const rest = all ? ': nothing is left that this call could carry' : '';
		return `${who} ${what} ${sectionNames(sections)}${rest}. ${how === 'rejected' ? REJECTED : INACTIVE[offered ?? 'inactive'](by)}`;
	},
	'large-packets-lost': ({ way, requestedAgain, videoPackets, audioPackets, ...span }) => {
		const [whose, who] = way === 'in' ? ['received', 'this end'] : ['sent', 'the other end'];
		return `${who === 'this end' ? 'This end' : 'The other end'} asked ${count(requestedAgain, 'time')} for packets of the ${whose} video again ${during(span)} (${count(videoPackets, 'packet')} ${way === 'in' ? 'arrived' : 'were sent'}), while of ${count(audioPackets, 'packet')} of audio none was lost. Most likely the path drops large packets and lets small ones pass (path MTU, a filter, a limit that spares small packets).`;
	},
	'size-reduced-by-page': ({ widthPx, heightPx, sourceWidthPx, sourceHeightPx, ...span }) =>
		`The video that this end sends had ${widthPx}×${heightPx} pixels ${during(span)}, of the ${sourceWidthPx}×${sourceHeightPx} of its source, and the browser named nothing that limits it: most likely the page asked for that (scaleResolutionDownBy).`,
	'frame-rate-reduced-by-page': ({ framesPerSecond, sourceFramesPerSecond, ...span }) =>
		`The video that this end sends had ${formatUnit('frames/s', framesPerSecond)} ${during(span)}, of the ${formatUnit('frames/s', sourceFramesPerSecond)} of its source, and the browser named nothing that limits it: most likely the page set such a maximum (maxFramerate).`,
	'playout-held-back': ({ stream, delayMs, neededMs, ...span }) =>
		`${streamName(stream)}: it waited ${duration(delayMs)} on average in the jitter buffer ${during(span)}, and the network needed ${duration(neededMs)} of that. The rest is what the page asked for (jitterBufferTarget, playoutDelayHint), or what keeps audio and video in step.`,
	'media-lost-to-other-end': ({ kind, packetsSent, ...span }) =>
		`The other end reported the ${kind} of this end no longer ${during(span)}, though ${count(packetsSent, 'packet')} of it were sent and its other reports kept coming. A report names every stream that was heard since the last one (RFC 3550 §6.4.1): most likely none of it arrives there, as behind a firewall that drops it.`,
	'data-channel-ids-differ': ({ label, id, otherId }) =>
		`The data channel “${label}” has number ${id} at one end and ${otherId} at the other: they are two channels, and nobody takes what is sent on either. Each end made its own (negotiated: true), with another “id”.`,
	'data-channel-backlog': ({ givenBytes, carriedBytes, fromMs, toMs }) =>
		`The page gave its data channels ${formatBytes(givenBytes)} until ${duration(toMs)}, and at most ${formatBytes(carriedBytes)} of that left this end: from ${duration(fromMs)} on the rest waits in this browser (bufferedAmount), since the page sends more than the path carries, or than the other end takes.`,
	'bitrate-limited-by-page': ({ targetBps, beforeBps, availableBps, ...span }) =>
		`The video that this end sends was held to ${bitrate(targetBps)} ${during(span)} (before: ${bitrate(beforeBps)}), while the browser estimated that the path carries ${bitrate(availableBps)}, and no description limits it: most likely the page set such a maximum (setParameters() with maxBitrate, or with scaleResolutionDownBy).`,
	'media-lost-on-path': ({ kind, packetsSent, ...span }) =>
		`No ${kind} arrived any more ${during(span)}, while the connection stayed up, and the reports of the other end count ${count(packetsSent, 'packet')} that it sent since: they were lost on the way, as at a firewall that drops them.`,
	'media-not-passing': ({ kinds, sentForMs, packetsSent }) =>
		`The connection is up, and no media is seen to pass: no receiver report came back for ${count(packetsSent, 'packet')} of ${kinds.includes('unknown') ? 'media' : list(kinds)} that this end sent in ${duration(sentForMs)}, and nothing arrived of what the other end was to send. Most likely something on the path drops RTP and RTCP, at least toward this end, or what arrives cannot be decrypted.`,
	'loss-burst': ({ stream, lossRatio, lostPackets, packets, ...span }) =>
		`${streamName(stream)}: ${percent(lossRatio)} of the packets were lost ${during(span)} (${lostPackets} of ${packets}).`,
	'loss-reported': ({ kind, meanLossRatio, mostLossRatio, reportIntervalMs, ...span }) => {
		const coarse =
			reportIntervalMs === null
				? ''
				: ` Each report covers the time since the one before it, here up to ${duration(reportIntervalMs)}: the loss may have begun that much later and ended that much earlier.`;
		return `${kind === 'unknown' ? 'A stream' : `The ${kind}`} that this end sends: the receiver reported a mean loss of ${percent(meanLossRatio)} ${during(span)}, up to ${percent(mostLossRatio)}.${coarse}`;
	},
	'jitter-high': ({ stream, limitMs, mostMs, ...span }) =>
		`${streamName(stream)}: jitter over ${duration(limitMs)} ${during(span)}, up to ${duration(mostMs)}. The jitter buffer of the receiver adds delay to even it out.`,
	'picture-freezes': ({ freezes, frozenMs, firstAtMs }) =>
		`The received video froze ${count(freezes, 'time')}${frozenMs === null ? '' : `, ${duration(frozenMs)} in all`}${firstAtMs === null ? '' : `, first at ${duration(firstAtMs)}`}.`,
	'path-narrow': ({ fromBps, toBps, stayed, sentBps, mostLossRatio, mostLossInRatio, relayUrl, ...span }) => {
		const relay = relayUrl === null ? '' : `, or at the relay of ${relayUrl}`;
		const other =
			mostLossInRatio === null
				? ''
				: ` Of what the other end sent up to ${percent(mostLossInRatio)} was lost in that time, so that the same is likely of the way here.`;
		return `The browser’s estimate of what the path carries fell from ${bitrate(fromBps)} to ${bitrate(toBps)} and ${stayed ? 'stayed there' : 'rose again later'} (${during(span)}), with loss of up to ${percent(mostLossRatio)} reported, after this end had sent ${bitrate(sentBps)}: most likely the path ${stayed ? 'carries' : 'carried'} no more (a narrow link, a limit on the way${relay}, other traffic).${other}`;
	},
	'bitrate-limited-by-description': ({ stream, declaredAs, limitBps, targetBps }) =>
		`${streamName(stream)}: the other end’s description allows ${bitrate(limitBps)} (${declaredAs === 'as' ? `b=AS:${limitBps / 1000}` : `b=TIAS:${limitBps}`}), and the encoder was held to ${bitrate(targetBps)}.`,
	'codec-changed': ({ stream, from, to, changedAtMs, moreTimes }) =>
		`${streamName(stream)}: the codec changed from ${from} to ${to} at ${duration(changedAtMs)}${again(moreTimes)}.`,
	'coder-changed': ({ stream, from, to, changedAtMs, moreTimes }) =>
		`${streamName(stream)}: the ${stream.direction === 'in' ? 'decoder' : 'encoder'} changed from ${coderName(from)} to ${coderName(to)} at ${duration(changedAtMs)}${again(moreTimes)}.`,
	'simulcast-layers': ({ layers }) => `Simulcast of ${count(layers.length, 'layer')}: ${layers.map(layerWords).join('; ')}.`,
	'simulcast-layer-unsent': ({ rid, why, source }) =>
		`The simulcast layer ${rid} was never sent: ${UNSENT[why]}${source === null ? '' : ` (source: ${source.widthPx}×${source.heightPx})`}.`,
	'bandwidth-limited': (values) =>
		limited(values, 'by available bandwidth, as the browser says (a configured maximum looks the same)'),
	'cpu-limited': (values) => limited(values, 'by the load of the processor, as the browser says'),
	'resolution-drop': ({ stream, fromPx, toPx, droppedAtMs }) =>
		`${streamLabel(stream)}: the height fell from ${fromPx} to ${toPx} pixels at ${duration(droppedAtMs)}.`,
	'audio-missing': ({ negotiated }) =>
		`No audio arrived${negotiated ? ', though both ends had agreed that the other end sends it' : ''}: it was muted or never started, or it was lost on the way.`,
	'video-not-decoded': ({ stream, packets, frames, keyframeRequests, decoder }) =>
		`${streamName(stream)}: ${frames === null ? count(packets, 'packet') : `${count(frames, 'frame')} in ${count(packets, 'packet')}`} arrived, and none was decoded${asked(keyframeRequests)}. The stream is not what was negotiated, no usable keyframe comes, or it is end-to-end encrypted with a key that this end does not have${decoder === null ? '' : ` (decoder: ${decoder})`}.`,
	'packets-without-frames': ({ stream, packets, keyframeRequests }) =>
		`${streamName(stream)}: ${count(packets, 'packet')} arrived, and not one whole frame was made of them${asked(keyframeRequests)}. The packets are not of the payload type or codec that was negotiated, or parts of each frame are missing.`,
	'receiver-reports-missing': ({ kinds, sentForMs, nothingCame }) =>
		`This end sent ${kinds.includes('unknown') ? 'media' : list(kinds)} for ${duration(sentForMs)}, and the statistics hold no receiver report of the other end${nothingCame ? ' and no media of it' : ''}, so ${nothingCame ? 'whether what is sent arrives, ' : ''}loss and round trip of what is sent are unknown.`,
	'source-without-frames': (span) =>
		`The source of the video that this end sends (camera or screen) delivered no frame ${during(span)}.`,
	'keyframe-requests-many': ({ stream, requests, requestedBy, ...span }) =>
		`${streamName(stream)}: ${requestedBy === 'this-end' ? 'this end' : 'the other end'} asked for a keyframe ${count(requests, 'time')} ${during(span)}: ${requestedBy === 'this-end' ? 'most likely frames cannot be decoded without one' : 'its frames cannot be decoded without one, or a media server asks for its receivers'}; each one costs bitrate.`,
	'audio-silent': ({ packets, ...span }) =>
		`${count(packets, 'audio packet')} arrived ${during(span)}, and all of them were silent, as from a microphone that is off or muted.`,
	'microphone-silent': ({ silentMs }) =>
		`The audio that this end captured was silent for all of ${duration(silentMs)}, as from a microphone that is off or muted.`,
	'concealment-high': ({ stream, mostConcealedRatio, ...span }) =>
		`${streamName(stream)}: up to ${percent(mostConcealedRatio)} of the audio was concealed by the receiver ${during(span)}, in place of packets that did not arrive in time.`
};

const REJECTED = 'Most likely it has no codec in common with the offer, or the application there wants no such media.';

/** Why an answer says `inactive`, by what the offer says (RFC 3264 §6.1): to an offer that only receives it is all that an end without media can say. */
const INACTIVE: Record<Direction, (by: 'this-end' | 'other-end') => string> = {
	recvonly: (by) =>
		`The offer only receives it, and ${by === 'other-end' ? 'the other end' : 'this end'} had nothing to send, as without a track when it answered.`,
	sendonly: (by) =>
		`The offer only sends it, and ${by === 'other-end' ? 'the other end' : 'this end'} was not to receive it: its transceiver says so, or was stopped.`,
	sendrecv: () => 'The transceiver that answered neither sends nor receives: the application there says so, or stopped it.',
	inactive: () => 'The application there neither sends nor receives it.'
};

function asked(keyframeRequests: number | null): string {
	return keyframeRequests === null || keyframeRequests === 0
		? ''
		: `; this end asked for a keyframe ${count(keyframeRequests, 'time')}`;
}

const again = (moreTimes: number) => (moreTimes === 0 ? '' : `, and ${count(moreTimes, 'more time')} afterwards`);

function coderName({ name, powerEfficient }: Coder): string {
	const kind = powerEfficient === null ? null : powerEfficient ? 'power-efficient' : 'not power-efficient';
	return name === null ? (kind ?? 'an unnamed one') : `${name}${kind === null ? '' : ` (${kind})`}`;
}

/** `h: 1280×720 at 1.2 Mbit/s, 30 frames/s, limited by bandwidth 40 % of the time`. */
function layerWords({ rid, sent, widthPx, heightPx, bitrateBps, framesPerSecond, limited: limit }: SimulcastLayer): string {
	if (!sent) return `${rid}: not sent`;
	const facts = [
		...(widthPx === null || heightPx === null ? [] : [`${widthPx}×${heightPx}`]),
		...(bitrateBps === null ? [] : [bitrate(bitrateBps)]),
		...(framesPerSecond === null ? [] : [`${Math.round(framesPerSecond)} frames/s`]),
		...(limit === null ? [] : [`limited by ${limit.reason} ${percent(limit.ratio)} of the time`])
	];
	return `${rid}: ${facts.length === 0 ? 'sent' : facts.join(', ')}`;
}

const UNSENT: Record<MediaValues['simulcast-layer-unsent']['why'], string> = {
	'not-accepted': 'the description of the other end does not accept it',
	inactive: 'the browser says that it is not active, as where the page switched it off',
	bandwidth: 'the browser says that bandwidth limits it',
	cpu: 'the browser says that the load of the processor limits it',
	other: 'the browser says that it is limited, and not by what',
	unknown: 'the browser does not say why'
};

/** `the network wifi (192.168.1.7)`. */
function networkName({ type, address }: NetworkEnd): string {
	const where = address === null ? '' : type === null ? address : ` (${address})`;
	return `the network ${type ?? ''}${where}`;
}

const RELAYS = {
	'both-ends': 'two relays, one of each end',
	'this-end': 'the relay of this end',
	'other-end': 'the relay of the other end'
};

function limited({ rid, limitedMs, ...span }: MediaValues['cpu-limited'], why: string): string {
	return `The video sent${rid === null ? '' : ` (${rid})`} was limited for ${duration(limitedMs)} ${why}, ${during(span)}.`;
}

function during({ fromMs, toMs }: { fromMs: number; toMs: number }): string {
	return `from ${duration(fromMs)} to ${duration(toMs)}`;
}

function streamName({ ssrc, ...kind }: StreamValues): string {
	return ssrc === null ? streamLabel(kind) : `${streamLabel(kind)} (SSRC ${ssrc})`;
}

function pairName(pair: UsedPair): string {
	return pair.kind === 'ends' ? `${endLabel(pair.local)} to ${endLabel(pair.remote)}` : pair.id;
}
