/** Marks that implementations leave in their descriptions: in o=, in s=, or in the cname. First match wins. */
export const IMPLEMENTATIONS: readonly { name: string; origin?: RegExp; session?: RegExp; cname?: RegExp; tool?: RegExp }[] = [
	// Firefox has written 99.0 ever since, whatever its version (measured in 153).
	{ name: 'Firefox of a version that is not told', origin: /^mozilla\.\.\.THIS_IS_SDPARTA-99\.0(?!\S)/ },
	{ name: 'Firefox', origin: /^mozilla\.\.\.THIS_IS_SDPARTA-(\S+)/ },
	{ name: 'mediasoup-client', origin: /^mediasoup-client/ },
	{ name: 'Kurento Media Server', session: /^Kurento Media Server/ },
	{ name: 'FreeSWITCH', session: /^FreeSWITCH/, origin: /^FreeSWITCH/ },
	{ name: 'Asterisk', session: /^Asterisk/ },
	{ name: 'Janus VideoRoom', session: /^VideoRoom/ },
	{ name: 'Janus', cname: /^janus/i },
	{ name: 'go2rtc', cname: /^go2rtc/, session: /^go2rtc/ },
	{ name: 'Cisco CUCM', origin: /^CiscoSystemsCCM-SIP/ },
	{ name: 'Linphone', session: /^Talk$/ },
	{ name: 'Hikvision', session: /^HIK Media Server/ },
	{ name: 'VLC', tool: /^vlc/i },
	{ name: 'GStreamer', tool: /^GStreamer/ },
	{ name: 'FFmpeg', tool: /^libavformat/ }
];
