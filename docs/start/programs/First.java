// #region program
import static io.carillon.client.Capability.*;

import io.carillon.client.*;
import java.util.Map;

/** java -cp sdk-java.jar First.java http://localhost:8080 KEY SECRET */
public class First {
  public static void main(String[] args) throws Exception {
    // The backend's side: it has the secret, makes tokens in its own process, and publishes over HTTP.
    CarillonServer backend = CarillonServer.of(args[0], args[1], args[2]);

    // The client's side: it has a token, which says who it is and what it may do.
    try (Carillon client =
            Carillon.connect(args[0], o -> o.token(why -> backend.tokens().issue(
                t -> t.clientId("ann").allow("orders", SUBSCRIBE))));
        MessageStream<Object> orders = client.channel("orders", c -> c.rewind(1)).open("placed")) {
      backend.publish("orders", "placed", Map.of("order", 4711));
      for (Message<Object> m : orders) {
        System.out.println(m.data() + " at " + m.position());
        break;
      }
    }
  }
}
// #endregion program
