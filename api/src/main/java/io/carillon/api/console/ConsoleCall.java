package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.Members;
import io.carillon.api.http.QueryParameters;
import io.carillon.core.account.Source;
import io.carillon.core.model.Payload;
import java.util.List;

/**
 * A request of the console.
 *
 * @param path the decoded segments: {@code v1}, {@code console} and on
 */
record ConsoleCall(List<String> path, QueryParameters query, Payload body, Source from) {
  private static final int FIRST_ID = 3;
  private static final int SECOND_ID = 5;
  private static final int THIRD_ID = 7;

  /** {@code x} of {@code /v1/console/tenants/x}. */
  String tenant() {
    return path.get(FIRST_ID);
  }

  /** {@code x} of {@code /v1/console/tenants/t/members/x}, and of its like. */
  String subject() {
    return path.get(SECOND_ID);
  }

  /** {@code x} of {@code /v1/console/tenants/t/apps/a/keys/x}, and of its like. */
  String part() {
    return path.get(THIRD_ID);
  }

  /** The body as an object that has no other members than the shape's components. */
  Checked<Form> form(Class<? extends Record> shape) {
    return Json.object(body.bytes())
        .then(json -> Members.shaped(json, shape))
        .then(json -> Checked.valid(new Form(json)));
  }
}
