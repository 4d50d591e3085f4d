package io.carillon.core.session;

import io.carillon.core.engine.Ports;
import io.carillon.core.publish.Publisher;
import io.carillon.core.runtime.Ticker;

/** What every session of a node works with. */
public record SessionContext(
    Ports ports, Publisher publisher, SignedInUsers users, Admission admission, Ticker ticker) {}
