package org.hitc.channel.hole;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.hitc.channel.Refusal;
import org.hitc.channel.RequestId;
import org.hitc.channel.os.FileName;
import org.hitc.channel.os.FileStatus;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;

/**
 * Finds requests in the spool and claims them: for each id, look, check, claim, write it down, hand
 * it over. Whatever is refused is also removed, so that it is refused once. Only the listening
 * thread calls this, which makes one order of all claims.
 */
final class Intake implements AutoCloseable {
  /** How many directories with the name of a request are remembered as reported. */
  private static final int MAX_STUBBORN = 1024;

  private final Spool spool;
  private final int directory;
  private final HoleLimits limits;
  private final ClaimJournal journal;
  private final RequestRunner runner;
  private final Observer observer;

  /** Directories that cannot be removed because something is in them. */
  private final SequencedSet<RequestId> stubborn = new LinkedHashSet<>();

  /**
   * @param directory descriptor of {@code jobs/} for this object alone, which it closes
   */
  Intake(
      Spool spool,
      int directory,
      HoleLimits limits,
      ClaimJournal journal,
      RequestRunner runner,
      Observer observer) {
    this.spool = spool;
    this.directory = directory;
    this.limits = limits;
    this.journal = journal;
    this.runner = runner;
    this.observer = observer;
  }

  /** Reports and removes what a former listener had claimed and not ended. */
  void recover() throws PosixException {
    for (RequestId id : requestsIn(spool.work(), Integer.MAX_VALUE).ids()) {
      try {
        journal.add(id);
      } catch (RefusedException e) {
        observer.refused(Optional.of(id), e.why(), e.detail());
      }
      observer.interrupted(id);
      spool.finish(id);
    }
  }

  /**
   * Considers what lies in the spool, a bounded number of entries.
   *
   * @return false when there is more to look at; the next pass goes on there
   */
  boolean scan() throws PosixException {
    Found found = requestsIn(directory, limits.spool().entriesPerPass());
    found.ids().forEach(this::consider);
    return found.all();
  }

  /** Claims a request if there is one with this id, and if it may run. */
  void consider(RequestId id) {
    try {
      Optional<FileStatus> in = spool.look(id);
      if (in.isPresent()) {
        consider(id, in.get());
      }
    } catch (IOException | RuntimeException e) {
      observer.failed(Optional.of(id), e);
    }
  }

  @Override
  public void close() throws PosixException {
    PosixFiles.close(directory);
    journal.close();
  }

  private void consider(RequestId id, FileStatus in) throws PosixException {
    try {
      spool.check(in);
      refuseIf(journal.contains(id), Refusal.REQ_REPLAY, "claimed before");
      spool.checkAge(in);
      refuseIf(!runner.hasRoom(in.size()), Refusal.BUSY, "too many requests");
      if (spool.claim(id)) {
        writeDown(id);
        runner.start(id, in.size());
      }
    } catch (RefusedException e) {
      spool.discard(id, in.type());
      if (in.type() != FileStatus.Type.DIRECTORY || isNews(id)) {
        observer.refused(Optional.of(id), e.why(), e.detail());
        runner.tell(id, e.why());
      }
    }
  }

  private void writeDown(RequestId id) throws PosixException, RefusedException {
    boolean written = false;
    try {
      journal.add(id);
      written = true;
    } finally {
      if (!written) {
        spool.finish(id);
      }
    }
  }

  private boolean isNews(RequestId id) {
    boolean news = stubborn.add(id);
    if (stubborn.size() > MAX_STUBBORN) {
      stubborn.removeFirst();
    }
    return news;
  }

  private record Found(List<RequestId> ids, boolean all) {}

  private static Found requestsIn(int directory, int most) throws PosixException {
    List<RequestId> ids = new ArrayList<>();
    int seen = 0;
    while (seen < most) {
      int count =
          PosixFiles.readDirectory(directory, entry -> requestId(entry.name()).ifPresent(ids::add));
      if (count == 0) {
        PosixFiles.rewind(directory);
        return new Found(ids, true);
      }
      seen += count;
    }
    return new Found(ids, false);
  }

  private static Optional<RequestId> requestId(FileName name) {
    String raw = name.raw();
    if (!raw.endsWith(Spool.IN)) {
      return Optional.empty();
    }
    String hex = raw.substring(0, raw.length() - Spool.IN.length());
    return RequestId.isValid(hex) ? Optional.of(new RequestId(hex)) : Optional.empty();
  }

  private static void refuseIf(boolean bad, Refusal why, String detail) throws RefusedException {
    if (bad) {
      throw new RefusedException(why, detail);
    }
  }
}
