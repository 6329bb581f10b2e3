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
  /** Each run has one, and beside all that may run others must still be heard. */
  private static final int AT_ONCE = Slots.ALL + 32;

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
          begin(connection);
        } else {
          connection.close();
          log.say("crowded", Map.of("socket", role.socket()));
        }
      } catch (IOException | RuntimeException e) {
        log.say("accept", Map.of("why", String.valueOf(e.getMessage())));
        pause();
      }
    }
  }

  private void begin(Connection connection) throws IOException {
    try {
      Thread.ofPlatform().name("conversation").daemon().start(() -> hold(connection));
    } catch (OutOfMemoryError e) {
      // No thread is to be had: programs and this process share what the kernel allows.
      free.release();
      connection.close();
      throw new IOException("no thread for a connection", e);
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
