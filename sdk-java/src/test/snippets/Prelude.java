import io.carillon.client.*;
import java.util.List;

/** What snippets of the documentation take for granted. */
class Prelude {
  /** The application's own backend. */
  interface Backend {
    String token();
  }

  /** A class of the application that is tested. */
  static class Chat {
    Chat(Carillon client) {}

    List<String> lines() {
      return List.of();
    }
  }

  Backend backend;
  Carillon client;
  CarillonServer server;
  Channel<Object> room;
  DataForm<Object> form;
  String key;
  String secret;
  String socketId;
  String channel;
  byte[] masterKey;
  byte[] bytes;
  String signature;
  List<String> tokens;

  void assertEquals(Object expected, Object actual) {}

  void show(Object... of) {}

  void handle(Object... of) {}

  void reload(Object... of) {}

  void prepend(Object of) {}

  void showMembers(Object of) {}

  void showTyping(Object of) {}
}
