/** The description alone: each end then sends only what the test lets it send, for it knows no address of the other's. */
export function withoutCandidates({ type, sdp }: RTCSessionDescription): RTCSessionDescriptionInit {
	return { type, sdp: sdp.replace(/^a=(candidate:|end-of-candidates).*\r?\n/gm, '') };
}
