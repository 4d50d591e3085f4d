// The connection between two browsers, with Carillon as the way on which they find each other. Any side may begin, also
// both at once: https://www.w3.org/TR/webrtc/#perfect-negotiation-example

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
  const polite = me < other // one of both gives way when both begin at once
  let offering = false
  let ignoring = false

  // one after the other, as messages come in one order; all of them are messages, because each has to arrive
  const say = (what) => call.publish('signal', { from: me, to: other, ...what }).catch((error) => console.error(error))

  peer.onicecandidate = ({ candidate }) => candidate && say({ candidate: candidate.toJSON() })
  peer.onnegotiationneeded = async () => {
    offering = true
    await peer.setLocalDescription()
    say({ description: peer.localDescription.toJSON() })
    offering = false
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
