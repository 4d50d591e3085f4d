package io.carillon.api.compat.pusher;

import io.carillon.api.http.QueryParameters;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.Payload;
import java.util.List;

/**
 * A request whose signature was found right: path and parameters are what was signed, the body is
 * what was hashed. Immutable.
 *
 * @param path the decoded segments, of which the second one is the application's id
 */
record SignedRequest(
    App app, ApiKey key, List<String> path, QueryParameters parameters, Payload body) {}
