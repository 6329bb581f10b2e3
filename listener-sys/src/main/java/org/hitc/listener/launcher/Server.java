package org.hitc.listener.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hitc.listener.launcher.os.Connection;
import org.hitc.listener.launcher.os.Listening;

/** Accepts on one socket; a thread each, and not more at once than {@value #AT_ONCE}. */
final class Server implements AutoCloseable {
  private static final int AT_ONCE = 64;
  private static final long PAUSE_MILLIS = 100;

  private final Listening socket;
  private final Conversation.Role role;
  private final int peer;
  private final Conversation conversation;
  private final OwnLog log;
  private final Semaphore free = new Semaphore(AT_ONCE);

  private Server(
      Listening socket, Conversation.Role role, int peer, Conversation conversation, OwnLog log) {
    this.socket = socket;
    this.role = role;
    this.peer = peer;
    this.conversation = conversation;
    this.log = log;
  }

  /**
   * Opens the socket and accepts from now on.
   *
   * @param who the only user who may ask, and the group whose members can connect
   */
  static Server start(
      Path folder, Conversation.Role role, Policy.Side who, Conversation conversation, OwnLog log)
      throws IOException {
    Listening socket = Listening.at(folder.resolve(role.socket()), who.gid());
    Server server = new Server(socket, role, who.uid(), conversation, log);
    Thread.ofPlatform().name(role.socket()).daemon().start(server::accept);
    return server;
  }

  private void accept() {
    while (true) {
      try {
        Connection connection = socket.accept();
        if (free.tryAcquire()) {
          Thread.ofPlatform().name("conversation").daemon().start(() -> hold(connection));
        } else {
          connection.close();
          log.say("crowded", Map.of("socket", role.socket()));
        }
      } catch (IOException e) {
        log.say("accept", Map.of("why", String.valueOf(e.getMessage())));
        pause();
      }
    }
  }

  private void hold(Connection connection) {
    try {
      conversation.hold(connection, role, peer);
    } catch (RuntimeException e) {
      log.say("bug", Map.of("socket", role.socket(), "why", e.toString()));
    } finally {
      free.release();
    }
  }

  /** Without descriptors, say: trying again at once would help nobody. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
