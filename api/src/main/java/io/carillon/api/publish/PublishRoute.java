package io.carillon.api.publish;

import io.carillon.api.http.CallGate;
import io.carillon.api.http.ExpressRoute;
import io.carillon.api.http.Inbound;
import io.carillon.api.http.Reply;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The express way of what {@link PublishController} does for channels and batches. Thread-safe. */
@Singleton
final class PublishRoute implements ExpressRoute {
  private static final String BATCH = "/v1/messages";
  private static final String CHANNEL = "/v1/channels/";
  private static final String MESSAGES = "/messages";
  private static final String JSON = "application/json";

  private final CallGate gate;
  private final Publishing publishing;

  PublishRoute(CallGate gate, Publishing publishing) {
    this.gate = gate;
    this.publishing = publishing;
  }

  @Override
  public boolean takes(String path, String contentType) {
    return (path.equals(BATCH) || isChannels(path)) && isJson(contentType);
  }

  @Override
  public CompletionStage<Reply> serve(Inbound request) {
    return gate.admitClients(
        request,
        Set.of(),
        request.path().equals(BATCH) ? publishing::batch : publishing::toChannel);
  }

  private static boolean isChannels(String path) {
    int end = path.length() - MESSAGES.length();
    return path.startsWith(CHANNEL)
        && path.endsWith(MESSAGES)
        && end > CHANNEL.length()
        && path.indexOf('/', CHANNEL.length()) == end;
  }

  private static boolean isJson(String contentType) {
    return contentType.equals(JSON)
        || contentType.toLowerCase(Locale.ROOT).replace(" ", "").equals(JSON + ";charset=utf-8");
  }
}
