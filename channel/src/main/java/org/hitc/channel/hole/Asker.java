package org.hitc.channel.hole;

import static org.hitc.channel.os.PosixFiles.AT_FDCWD;
import static org.hitc.channel.os.PosixFiles.HOSTILE;
import static org.hitc.channel.os.PosixFiles.O_CLOEXEC;
import static org.hitc.channel.os.PosixFiles.O_CREAT;
import static org.hitc.channel.os.PosixFiles.O_DIRECTORY;
import static org.hitc.channel.os.PosixFiles.O_EXCL;
import static org.hitc.channel.os.PosixFiles.O_PATH;
import static org.hitc.channel.os.PosixFiles.O_RDONLY;
import static org.hitc.channel.os.PosixFiles.O_WRONLY;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import org.hitc.channel.Refusal;
import org.hitc.channel.Request;
import org.hitc.channel.RequestId;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.channel.codec.UnsendableException;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.Poller;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;

/**
 * The gateway side of the hole: puts a request into the spool and waits for its reply. Safe for use
 * by many threads; a virtual thread that waits costs no thread of the system.
 */
public final class Asker implements AutoCloseable {
  private final int jobs;
  private final HintPipe hints;
  private final AskLimits limits;
  private final Poller poller;
  private final Semaphore permits;
  private final SecureRandom random = new SecureRandom();

  private Asker(int jobs, HintPipe hints, AskLimits limits, Poller poller) {
    this.jobs = jobs;
    this.hints = hints;
    this.limits = limits;
    this.poller = poller;
    this.permits = new Semaphore(limits.asks());
  }

  /**
   * Opens the two directories; a listener need not be there yet.
   *
   * @param poller stays the caller's; is closed after this
   */
  public static Asker open(Layout layout, AskLimits limits, Poller poller) throws PosixException {
    int jobs = openDirectory(layout.jobs());
    try {
      return new Asker(jobs, new HintPipe(openDirectory(layout.ctl())), limits, poller);
    } catch (PosixException e) {
      PosixFiles.close(jobs);
      throw e;
    }
  }

  /** Without the right to list it, which web-side does not have. */
  private static int openDirectory(Path path) throws PosixException {
    return PosixFiles.open(AT_FDCWD, path.toString(), O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
  }

  /**
   * Asks, and waits for the whole reply. Whatever comes of it, nothing of the request stays in the
   * spool, except what the listener has claimed.
   *
   * @param sink takes the bytes if the reply is a stream, and says how much memory there is
   * @return {@link Answer.Refused} with what {@link RequestCodec#encode} refuses; {@link
   *     Refusal#BUSY} when too much is asked already, when the daemon pipe is full and nobody
   *     answers, or when the sink has no room for the reply; {@link Refusal#DAEMON_DOWN}; {@link
   *     Refusal#NOT_ANSWERING}; {@link Refusal#SPOOL_FULL}; {@link Refusal#RESULT_TRUNCATED};
   *     {@link Refusal#INTERNAL} for a listener of another version; or the outcome that the
   *     listener gave
   * @throws IOException what the sink threw; or a {@link PosixException} when the hole is not set
   *     up as it must be, or when the thread is interrupted or the poller closed while it waits
   */
  public Answer ask(Request request, FileSink sink) throws IOException {
    byte[] file;
    try {
      file = RequestCodec.encode(request);
    } catch (UnsendableException e) {
      return new Answer.Refused(e.why());
    }
    if (!permits.tryAcquire()) {
      return new Answer.Refused(Refusal.BUSY);
    }
    try {
      return hints.isUp() ? ask(file, sink) : new Answer.Refused(Refusal.DAEMON_DOWN);
    } finally {
      permits.release();
    }
  }

  /** To be called when nobody asks any more. */
  @Override
  public void close() throws PosixException {
    hints.close();
    PosixFiles.close(jobs);
  }

  private Answer ask(byte[] file, FileSink sink) throws IOException {
    try (Errand errand = new Errand(RequestId.random(random))) {
      try {
        errand.makeOut();
        errand.leave(file);
      } catch (PosixException e) {
        return new Answer.Refused(meaning(e));
      }
      Reception reception = new Reception(errand.out, poller, limits.silence(), sink);
      return switch (hints.send(errand.id)) {
        case DOWN -> new Answer.Refused(Refusal.DAEMON_DOWN);
        case FULL -> errand.end(reception.receive(limits.fullPipe(), Refusal.BUSY));
        case SENT -> errand.end(reception.receive(limits.silence(), Refusal.NOT_ANSWERING));
      };
    }
  }

  private static Refusal meaning(PosixException e) throws PosixException {
    return switch (e.errno()) {
      case Errno.ENOSPC, Errno.EDQUOT, Errno.EROFS -> Refusal.SPOOL_FULL;
      case Errno.EMFILE, Errno.ENFILE -> Refusal.BUSY;
      default -> throw e;
    };
  }

  /** The files of one request, and their removal. */
  private final class Errand implements AutoCloseable {
    private static final int NONE = -1;
    private static final int IN_MODE = 0640;
    private static final int OUT_MODE = 0620;

    private final RequestId id;
    private int out = NONE;
    private boolean hasOut;
    private boolean hasTmp;
    private boolean hasIn;

    Errand(RequestId id) {
      this.id = id;
    }

    /** Makes the results pipe and opens it for reading, before anybody can want to write to it. */
    void makeOut() throws PosixException {
      PosixFiles.mkfifo(jobs, id + Spool.OUT, OUT_MODE);
      hasOut = true;
      out = PosixFiles.open(jobs, id + Spool.OUT, O_RDONLY | HOSTILE, 0);
      // The umask has taken the group's bit.
      PosixFiles.chmod(out, OUT_MODE);
    }

    /** Writes the request under another name first, so that it is never seen half written. */
    void leave(byte[] file) throws PosixException {
      int tmp = PosixFiles.open(jobs, tmp(), O_WRONLY | O_CREAT | O_EXCL | HOSTILE, IN_MODE);
      hasTmp = true;
      try {
        PosixFiles.chmod(tmp, IN_MODE);
        for (int at = 0; at < file.length; ) {
          at += PosixFiles.write(tmp, file, at, file.length - at);
        }
      } finally {
        PosixFiles.close(tmp);
      }
      PosixFiles.renameNew(jobs, tmp(), jobs, id + Spool.IN);
      hasTmp = false;
      hasIn = true;
    }

    /** An end that the listener gave means that it has taken the request. */
    Answer end(Answer answer) {
      hasIn = !(answer instanceof Answer.Complete);
      return answer;
    }

    @Override
    public void close() throws PosixException {
      if (out != NONE) {
        PosixFiles.close(out);
      }
      removeIf(hasOut, id + Spool.OUT);
      removeIf(hasTmp, tmp());
      removeIf(hasIn, id + Spool.IN);
    }

    private String tmp() {
      return id + ".tmp";
    }

    private void removeIf(boolean exists, String name) throws PosixException {
      if (exists) {
        Litter.remove(jobs, name, false);
      }
    }
  }
}
