package org.hitc.listener.grant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.listener.launcher.protocol.RunRefusal;
import org.hitc.listener.launcher.protocol.Wire;
import org.hitc.listener.socket.Server;

/** A launcher that starts nothing: it gives grants that tell whose they are, and records. */
public final class FakeLauncher implements AutoCloseable {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Server> servers;

  /**
   * @param folder of its sockets
   */
  public FakeLauncher(Path folder, int sysSide, int authSide) throws IOException {
    servers =
        List.of(
            serve(folder.resolve("run.sock"), sysSide, "run"),
            serve(folder.resolve("grant.sock"), authSide, "grant"));
  }

  private Server serve(Path socket, int peer, String name) throws IOException {
    Server server = Server.start(socket, peer, message -> answer(name, message));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    return server;
  }

  private byte[] answer(String socket, byte[] message) throws IOException {
    try {
      byte[] answer = Wire.encode(answer(socket, Wire.ask(message)));
      return Arrays.copyOfRange(answer, Wire.HEADER, answer.length);
    } catch (Wire.WireException e) {
      throw new IOException(e);
    }
  }

  private Answer answer(String socket, Ask question) {
    return switch (question) {
      case Ask.Grant(String user) when socket.equals("grant") && !user.equals("nologin") -> {
        asked.add(socket + " grant " + user);
        yield new Answer.Granted("grant-of-" + user);
      }
      case Ask.Grant _ -> new Answer.Refused(RunRefusal.USER, "no such account");
      case Ask.Revoke(String grant) when !grant.startsWith("grant-of-") ->
          new Answer.Refused(RunRefusal.GRANT, "not given here");
      case Ask.Revoke(String grant) -> done(socket + " revoke " + grant);
      case Ask.RevokeUser(String user) -> done(socket + " revoke-user " + user);
      case Ask.RevokeAll() -> done(socket + " revoke-all");
      case Ask.Run _ -> new Answer.Refused(RunRefusal.POLICY, "starts nothing");
    };
  }

  private Answer done(String what) {
    asked.add(what);
    return new Answer.Done();
  }

  /** What it was asked and did, such as {@code run revoke-user anna}, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() throws IOException {
    for (Server server : servers) {
      server.close();
    }
  }
}
