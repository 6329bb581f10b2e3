package org.hitc.listener.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one user's messages, one after the other on each connection; a thread for each, of which
 * there is a bounded number. What cannot be served ends its connection, and nothing else.
 */
public final class Server implements AutoCloseable {
  /** Connections at a time; one more is closed at once. */
  public static final int MAX_CONNECTIONS = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** For a message that has begun, and for the peer to take the answer. */
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final ServerSocketChannel socket;
  private final Path path;
  private final UserPrincipal peer;
  private final Handler handler;
  private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
  private final Set<Messages> connections = ConcurrentHashMap.newKeySet();

  private Server(ServerSocketChannel socket, Path path, UserPrincipal peer, Handler handler) {
    this.socket = socket;
    this.path = path;
    this.peer = peer;
    this.handler = handler;
  }

  /** What is answered. */
  @FunctionalInterface
  public interface Handler {
    /**
     * The answer to one message.
     *
     * @throws IOException when it cannot be answered: the connection ends
     */
    byte[] answer(byte[] message) throws IOException;
  }

  /**
   * Begins to listen. A socket that an earlier process left there is replaced.
   *
   * @param path in a folder that this process's user alone can change
   * @param uid the one user who is answered
   */
  public static Server start(Path path, int uid, Handler handler) throws IOException {
    UserPrincipal peer =
        path.getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(Integer.toString(uid));
    Files.deleteIfExists(path);
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      socket.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    Server server = new Server(socket, path, peer, handler);
    Thread.ofPlatform().name("socket").start(server::accept);
    return server;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = socket.accept();
        if (!isPeer(connection) || !places.tryAcquire()) {
          connection.close();
          continue;
        }
        Messages messages = Messages.over(connection);
        connections.add(messages);
        Thread.ofPlatform().name("connection").daemon().start(() -> serve(messages));
      }
    } catch (ClosedChannelException _) {
      // The end of this server.
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      LOG.error("{} cannot be served any more", path, e);
      Runtime.getRuntime().halt(1);
    }
  }

  private boolean isPeer(SocketChannel connection) {
    try {
      UserPrincipal user = connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
      if (user.equals(peer)) {
        return true;
      }
      LOG.warn("{}: user {} is not answered", path, user.getName());
    } catch (IOException e) {
      LOG.warn("{}: nobody knows who has connected: {}", path, e.getMessage());
    }
    return false;
  }

  private void serve(Messages messages) {
    try (messages) {
      Optional<byte[]> message = messages.readWhenItComes(WITHIN);
      while (message.isPresent()) {
        messages.write(handler.answer(message.get()), WITHIN);
        message = messages.readWhenItComes(WITHIN);
      }
    } catch (ClosedChannelException | ClosedSelectorException _) {
      // The end of this server.
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: a connection was ended: {}", path, e.getMessage());
    } finally {
      connections.remove(messages);
      places.release();
    }
  }

  /** Ends every connection, and takes the socket away. */
  @Override
  public void close() throws IOException {
    socket.close();
    Files.deleteIfExists(path);
    for (Messages connection : connections) {
      connection.close();
    }
  }
}
