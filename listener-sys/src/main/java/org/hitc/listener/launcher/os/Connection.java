package org.hitc.listener.launcher.os;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One end of a connection of a unix stream socket, over which descriptors can go as well. For one
 * thread.
 */
public final class Connection implements AutoCloseable {
  private static final Duration SENDING = Duration.ofSeconds(5);

  private final int fd;
  private final List<Integer> descriptors = new ArrayList<>();
  private boolean whole = true;
  private boolean open = true;

  Connection(int fd) {
    this.fd = fd;
  }

  /**
   * Connects.
   *
   * @param socket its file
   * @throws IOException when nobody listens there, or it is not allowed
   */
  public static Connection connect(Path socket) throws IOException {
    int fd = SocketCalls.callingSocket();
    try {
      SocketCalls.connect(fd, socket);
      return new Connection(fd);
    } catch (IOException e) {
      SocketCalls.close(fd);
      throw e;
    }
  }

  /** The numeric id of the user who made the other end. */
  public int peerUser() throws IOException {
    return SocketCalls.peerUser(fd);
  }

  /**
   * Sends it all.
   *
   * @param with descriptors that go with its first byte; they stay open here
   * @throws SocketTimeoutException when the other end takes nothing for five seconds
   * @throws IOException when the other end is gone
   */
  public void send(byte[] message, int... with) throws IOException {
    long deadline = System.nanoTime() + SENDING.toNanos();
    int[] left = with;
    for (int sent = 0; sent < message.length; ) {
      await(SocketCalls.POLLOUT, deadline);
      try {
        sent += SocketCalls.send(fd, message, sent, left);
        left = new int[0];
      } catch (SocketCalls.CallException e) {
        if (e.errno() != SocketCalls.EAGAIN) {
          throw e;
        }
      }
    }
  }

  /**
   * Takes exactly so many bytes.
   *
   * @param taking how many descriptors may come with them; see {@link #takeDescriptors}
   * @param deadline of {@link System#nanoTime}
   * @return empty at the end of what the other end says
   * @throws EOFException when it ends in between
   * @throws SocketTimeoutException when it did not come in time
   */
  public Optional<byte[]> receive(int count, int taking, long deadline) throws IOException {
    byte[] all = new byte[count];
    int filled = 0;
    while (filled < count) {
      await(SocketCalls.POLLIN, deadline);
      byte[] piece = new byte[count - filled];
      SocketCalls.Received received;
      try {
        received =
            SocketCalls.receive(fd, piece, piece.length, Math.max(0, taking - descriptors.size()));
      } catch (SocketCalls.CallException e) {
        if (e.errno() != SocketCalls.EAGAIN) {
          throw e;
        }
        continue;
      }
      descriptors.addAll(received.descriptors());
      whole &= received.whole();
      if (received.count() == 0) {
        if (filled == 0) {
          return Optional.empty();
        }
        throw new EOFException("it ended after " + filled + " of " + count + " bytes");
      }
      System.arraycopy(piece, 0, all, filled, received.count());
      filled += received.count();
    }
    return Optional.of(all);
  }

  /**
   * The descriptors that came; from now on the caller's to close.
   *
   * @return empty when there were more than were to be taken
   */
  public List<Integer> takeDescriptors() {
    if (!whole) {
      return List.of();
    }
    List<Integer> taken = List.copyOf(descriptors);
    descriptors.clear();
    return taken;
  }

  /**
   * Waits until the other end says something or ends.
   *
   * @return false when the time is over
   */
  public boolean awaitWord(Duration patience) throws IOException {
    return ready(new int[] {fd}, patience)[0];
  }

  /** Which of two things happened; both may have, or none in time. */
  public record Happened(boolean word, boolean other) {}

  /** As {@link #awaitWord}, or until another descriptor is readable. */
  public Happened awaitWordOr(int other, Duration patience) throws IOException {
    boolean[] ready = ready(new int[] {fd, other}, patience);
    return new Happened(ready[0], ready[1]);
  }

  /** To wait for what the other end says; never blocks; closed with this. */
  public int descriptor() {
    return fd;
  }

  /** Nothing more is said from this end. */
  public void shutdownOutput() throws IOException {
    SocketCalls.shutdownOutput(fd);
  }

  /** Ends it; also closes descriptors that came and were not taken. */
  @Override
  public void close() {
    if (open) {
      open = false;
      descriptors.forEach(SocketCalls::close);
      SocketCalls.close(fd);
    }
  }

  private static boolean[] ready(int[] all, Duration patience) throws IOException {
    short[] events = new short[all.length];
    Arrays.fill(events, SocketCalls.POLLIN);
    int millis = Math.clamp(patience.toMillis() + 1, 0, Integer.MAX_VALUE);
    return SocketCalls.poll(all, events, millis);
  }

  private void await(short event, long deadline) throws IOException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    int wait = Math.clamp(millis + 1, 0, Integer.MAX_VALUE);
    if (millis < 0 || !SocketCalls.poll(new int[] {fd}, new short[] {event}, wait)[0]) {
      throw new SocketTimeoutException("the other end is silent");
    }
  }
}
