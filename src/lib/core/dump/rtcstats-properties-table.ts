/**
 * How rtcstats-js (file format 3) abbreviates property names and statistics types: by number. Property names in the order of their
 * numbers, from 4 on; `-` stands for a number that is not assigned. A number never changes its meaning.
 */
const FROM_4 = `payloadType transportId mimeType clockRate channels sdpFmtpLine ssrc kind codecId - packetsReceived packetsLost
jitter trackIdentifier mid remoteId framesDecoded keyFramesDecoded framesDropped frameWidth frameHeight framesPerSecond qpSum
totalDecodeTime totalInterFrameDelay totalSquaredInterFrameDelay pauseCount totalPausesDuration freezeCount totalFreezesDuration
lastPacketReceivedTimestamp headerBytesReceived packetsDiscarded fecPacketsReceived fecPacketsDiscarded fecBytesReceived fecSsrc
bytesReceived nackCount firCount pliCount totalProcessingDelay estimatedPlayoutTimestamp jitterBufferDelay
jitterBufferTargetDelay jitterBufferEmittedCount jitterBufferMinimumDelay totalSamplesReceived concealedSamples
silentConcealedSamples concealmentEvents insertedSamplesForDeceleration removedSamplesForAcceleration audioLevel
totalAudioEnergy totalSamplesDuration framesReceived decoderImplementation playoutId powerEfficientDecoder
framesAssembledFromMultiplePackets totalAssemblyTime contentType googTimingFrameInfo retransmittedPacketsReceived
retransmittedBytesReceived rtxSsrc totalCorruptionProbability totalSquaredCorruptionProbability corruptionMeasurements localId
roundTripTime totalRoundTripTime fractionLost roundTripTimeMeasurements packetsSent bytesSent mediaSourceId rid encodingIndex
headerBytesSent retransmittedPacketsSent retransmittedBytesSent targetBitrate totalEncodedBytesTarget framesSent hugeFramesSent
framesEncoded keyFramesEncoded totalEncodeTime totalPacketSendDelay qualityLimitationReason qualityLimitationDurations
qualityLimitationResolutionChanges encoderImplementation powerEfficientEncoder active scalabilityMode remoteTimestamp
reportsSent echoReturnLoss echoReturnLossEnhancement width height frames synthesizedSamplesDuration synthesizedSamplesEvents
totalPlayoutDelay totalSamplesCount dataChannelsOpened dataChannelsClosed label protocol dataChannelIdentifier state
messagesSent messagesReceived iceRole iceLocalUsernameFragment dtlsState iceState selectedCandidatePairId localCertificateId
remoteCertificateId tlsVersion dtlsCipher dtlsRole srtpCipher selectedCandidatePairChanges rtcpTransportStatsId address port
candidateType priority url relayProtocol foundation relatedAddress relatedPort usernameFragment tcpType networkType - -
localCandidateId remoteCandidateId nominated lastPacketSentTimestamp currentRoundTripTime availableOutgoingBitrate
availableIncomingBitrate requestsReceived requestsSent responsesReceived responsesSent consentRequestsSent
packetsDiscardedOnSend bytesDiscardedOnSend - fingerprint fingerprintAlgorithm base64Certificate issuerCertificateId
psnrMeasurements psnrSum packetsReceivedWithEct1 packetsReceivedWithCe packetsReportedAsLost
packetsReportedAsLostButRecovered packetsWithBleachedEct1Marking packetsSentWithEct1 ccfbMessagesSent ccfbMessagesReceived`;

/** Number of the first name above. */
const FIRST = 4;

export const RTCSTATS_PROPERTIES: ReadonlyMap<string, string> = new Map([
	['t', 'timestamp'],
	...FROM_4.split(/\s+/).flatMap((name, index) => (name === '-' ? [] : [[String(index + FIRST), name] as const]))
]);

const TYPES_FROM_1 = `inbound-rtp outbound-rtp remote-inbound-rtp remote-outbound-rtp transport candidate-pair local-candidate
remote-candidate data-channel peer-connection certificate media-source media-playout codec`;

export const RTCSTATS_TYPES: ReadonlyMap<number, string> = new Map(
	TYPES_FROM_1.split(/\s+/).map((name, index) => [index + 1, name] as const)
);
