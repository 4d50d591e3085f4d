// The connection between two browsers, with Carillon as the way on which they find each other. One begins; later any side may
// change something, also both at once: https://www.w3.org/TR/webrtc/#perfect-negotiation-example

// #region peer
/**
 * A connection to the other member of the call's channel.
 *
 * @param call the channel
 * @param me key of this member, as `presence` tells it
 * @param other key of the other one
 */
export function connect(call, me, other) {
  // browsers in different networks need `iceServers` with a TURN server of yours
  const peer = new RTCPeerConnection({ iceServers: [] })
  const polite = me < other // answers first, and gives way when later both want to change something at once
  let offering = false
  let ignoring = false

  // one after the other, as messages come in one order; all of them are messages, because each has to arrive
  const say = (what) => call.publish('signal', { from: me, to: other, ...what }).catch((error) => console.error(error))

  peer.onicecandidate = ({ candidate }) => candidate && say({ candidate: candidate.toJSON() })
  peer.onnegotiationneeded = async () => {
    // a browser that takes back its first offer may find no candidates any more (Chromium): the other one begins
    if (polite && !peer.remoteDescription) return
    offering = true
    await peer.setLocalDescription()
    say({ description: peer.localDescription.toJSON() })
    offering = false
  }

  peer.onconnectionstatechange = () => {
    if (peer.connectionState === 'failed' && !polite) peer.restartIce() // as when a phone changes its network
  }

  async function hear({ description, candidate }) {
    if (candidate) return ignoring || peer.addIceCandidate(candidate)
    ignoring = !polite && description.type === 'offer' && (offering || peer.signalingState !== 'stable')
    if (ignoring) return
    await peer.setRemoteDescription(description)
    if (description.type !== 'offer') return
    await peer.setLocalDescription()
    say({ description: peer.localDescription.toJSON() })
  }

  let turn = Promise.resolve()
  return {
    peer,
    /** What the other one said; in the order in which it came. */
    hear: (data) => (turn = turn.then(() => hear(data)).catch((error) => console.error(error))),
  }
}
// #endregion peer
