package org.hitc.listener.socket;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One connection. Used by one thread at a time. */
public final class Messages implements AutoCloseable {
  /** Longest message, in bytes, without its own length. */
  public static final int MAX = 64 * 1024;

  private static final Duration FOR_EVER = Duration.ZERO;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;

  private Messages(SocketChannel channel, Selector selector, SelectionKey key) {
    this.channel = channel;
    this.selector = selector;
    this.key = key;
  }

  /** Over this connection, which is closed with it. */
  static Messages over(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    Selector selector = Selector.open();
    try {
      return new Messages(channel, selector, channel.register(selector, SelectionKey.OP_READ));
    } catch (IOException e) {
      selector.close();
      throw e;
    }
  }

  /**
   * Connects.
   *
   * @throws IOException when nobody listens there, or too many wait to be heard
   */
  public static Messages connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      // Not to wait for a place in the queue of a peer that hangs.
      channel.configureBlocking(false);
      if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
        throw new IOException("too many wait to be heard");
      }
      return over(channel);
    } catch (IOException e) {
      channel.close();
      throw new IOException(socket + ": " + e.getMessage(), e);
    }
  }

  /**
   * Sends one message.
   *
   * @throws SocketTimeoutException when the peer does not take it within this time
   */
  public void write(byte[] message, Duration within) throws IOException {
    if (message.length > MAX) {
      throw new IOException("a message of " + message.length + " bytes");
    }
    long end = System.nanoTime() + within.toNanos();
    ByteBuffer rest = ByteBuffer.allocate(Integer.BYTES + message.length);
    rest.putInt(message.length).put(message).flip();
    while (rest.hasRemaining()) {
      if (channel.write(rest) == 0) {
        await(SelectionKey.OP_WRITE, end, within);
      }
    }
  }

  /**
   * Takes one message.
   *
   * @return nothing when the peer has closed the connection instead
   * @throws EOFException when it has done so in the middle of a message
   * @throws SocketTimeoutException when the message is not there within this time
   */
  public Optional<byte[]> read(Duration within) throws IOException {
    return read(within, within);
  }

  /** The same; the message may begin at any time, and must be there within this time after that. */
  Optional<byte[]> readWhenItComes(Duration within) throws IOException {
    return read(FOR_EVER, within);
  }

  private Optional<byte[]> read(Duration beginning, Duration within) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
    if (!readSome(header, System.nanoTime() + beginning.toNanos(), beginning)) {
      return Optional.empty();
    }
    long end = System.nanoTime() + within.toNanos();
    fill(header, end, within);
    int length = header.flip().getInt();
    if (length < 0 || length > MAX) {
      throw new IOException("a message of " + length + " bytes");
    }
    ByteBuffer message = ByteBuffer.allocate(length);
    fill(message, end, within);
    return Optional.of(message.array());
  }

  private void fill(ByteBuffer buffer, long end, Duration within) throws IOException {
    while (buffer.hasRemaining()) {
      if (!readSome(buffer, end, within)) {
        throw new EOFException("the connection ended in the middle of a message");
      }
    }
  }

  /** False when the peer has closed the connection. */
  private boolean readSome(ByteBuffer buffer, long end, Duration within) throws IOException {
    int count = channel.read(buffer);
    while (count == 0) {
      await(SelectionKey.OP_READ, end, within);
      count = channel.read(buffer);
    }
    return count > 0;
  }

  private void await(int operation, long end, Duration within) throws IOException {
    key.interestOps(operation);
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    boolean bounded = !within.equals(FOR_EVER);
    if (bounded && left <= 0) {
      throw new SocketTimeoutException("nothing for " + within);
    }
    selector.select(bounded ? left : 0);
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("interrupted");
    }
  }

  @Override
  public void close() throws IOException {
    try (var _ = selector) {
      channel.close();
    }
  }
}
