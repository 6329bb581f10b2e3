package org.hitc.channel.hole;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.RequestId;
import org.hitc.channel.codec.FrameWriter;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.channel.codec.RequestCodec.Decoded;
import org.hitc.channel.os.FileName;
import org.hitc.channel.os.Poller;

/** Runs claimed requests from their copy to their end, each on a virtual thread of its own. */
final class RequestRunner implements AutoCloseable {
  private static final int TELLERS = 64;

  /**
   * Bytes of request files that may be under way together: what a flood of the longest ones would
   * hold otherwise is more than the listener's memory.
   */
  static final int MAX_HELD = 8 << 20;

  private final Spool spool;
  private final HoleLimits limits;
  private final Poller poller;
  private final Handler handler;
  private final Observer observer;
  private final AtomicLong held = new AtomicLong();
  private final Set<RequestId> running = ConcurrentHashMap.newKeySet();
  private final Set<Replier> repliers = ConcurrentHashMap.newKeySet();
  private final Semaphore slots;
  private final Semaphore tellers = new Semaphore(TELLERS);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());

  RequestRunner(Spool spool, HoleLimits limits, Poller poller, Handler handler, Observer observer) {
    this.spool = spool;
    this.limits = limits;
    this.poller = poller;
    this.handler = handler;
    this.observer = observer;
    this.slots = new Semaphore(limits.admission().handled(), true);
  }

  /** Whether one more request of so many bytes may come in. */
  boolean hasRoom(long bytes) {
    return running.size() < limits.admission().handled() + limits.admission().waiting()
        && held.get() + bytes <= MAX_HELD;
  }

  /** Whether a file of {@code jobs/} belongs to a request that is running. */
  boolean uses(FileName name) {
    String raw = name.raw();
    return raw.length() > RequestId.LENGTH
        && RequestId.isValid(raw.substring(0, RequestId.LENGTH))
        && running.contains(new RequestId(raw.substring(0, RequestId.LENGTH)));
  }

  /** Takes over a request that has just been claimed, and had so many bytes before that. */
  void start(RequestId id, long bytes) {
    running.add(id);
    held.addAndGet(bytes);
    threads.execute(() -> run(id, bytes));
  }

  /**
   * Tells the gateway that a request was refused, if it can be told without waiting. A results pipe
   * that a running request is using is left alone.
   */
  void tell(RequestId id, Refusal why) {
    if (!running.contains(id) && tellers.tryAcquire()) {
      threads.execute(() -> {
        try {
          tellNow(id, why);
        } catch (IOException e) {
          observer.failed(Optional.of(id), e);
        } finally {
          tellers.release();
        }
      });
    }
  }

  /** Sends the heartbeats that are due. */
  void tick() {
    repliers.forEach(Replier::tick);
  }

  @Override
  public void close() {
    threads.shutdown();
    if (!awaitEnd()) {
      threads.shutdownNow();
      awaitEnd();
    }
  }

  private boolean awaitEnd() {
    try {
      return threads.awaitTermination(
          limits.admission().endWithin().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run(RequestId id, long bytes) {
    try {
      answer(id, bytes);
    } catch (RefusedException e) {
      observer.refused(Optional.of(id), e.why(), e.detail());
    } catch (InterruptedException _) {
      observer.refused(Optional.of(id), Refusal.INTERNAL, "the listener is stopping");
    } catch (IOException | RuntimeException e) {
      observer.failed(Optional.of(id), e);
    } finally {
      held.addAndGet(-bytes);
      finish(id);
    }
  }

  private void finish(RequestId id) {
    try {
      spool.finish(id);
    } catch (IOException e) {
      observer.failed(Optional.of(id), e);
    } finally {
      running.remove(id);
    }
  }

  private void answer(RequestId id, long bytes)
      throws IOException, RefusedException, InterruptedException {
    Request request;
    try {
      request = decode(spool.copy(id, bytes));
    } catch (RefusedException e) {
      tellNow(id, e.why());
      throw e;
    }
    Replier replier = new Replier(id, new OutPipe(spool.openOut(id), poller, limits.drain()));
    repliers.add(replier);
    try {
      answer(request, replier);
    } catch (ReplyBrokenException e) {
      throw new RefusedException(e.why(), e.detail());
    } finally {
      repliers.remove(replier);
      replier.close();
    }
  }

  private void answer(Request request, Replier replier)
      throws ReplyBrokenException, RefusedException, InterruptedException {
    slots.acquire();
    try {
      if (replier.broken().isDone()) {
        throw new RefusedException(Refusal.OUT_NOREADER, "the reader went away while it waited");
      }
      handle(request, replier);
    } finally {
      slots.release();
    }
    replier.end();
  }

  private void handle(Request request, Replier replier) throws ReplyBrokenException {
    try {
      handler.answer(request, replier);
      if (!replier.hasReplied()) {
        throw new IllegalStateException("the handler gave no reply");
      }
    } catch (ReplyBrokenException e) {
      throw e;
    } catch (Exception | Error e) {
      observer.failed(Optional.of(replier.id()), e);
      replier.fail(Refusal.INTERNAL);
    }
  }

  private static Request decode(byte[] file) throws RefusedException {
    return switch (RequestCodec.decode(file)) {
      case Decoded.Accepted(Request request) -> request;
      case Decoded.Refused(Refusal why, String detail) -> throw new RefusedException(why, detail);
    };
  }

  private void tellNow(RequestId id, Refusal why) throws IOException {
    FrameWriter frames = new FrameWriter();
    Reply refused = new Reply.Refused(why, Optional.empty(), Optional.empty());
    byte[] page = frames.page(RecordCodec.encode(refused));
    byte[] end = frames.end(why.code());
    byte[] all = Arrays.copyOf(page, page.length + end.length);
    System.arraycopy(end, 0, all, page.length, end.length);
    try (OutPipe out = new OutPipe(spool.openOutNow(id), poller, limits.drain())) {
      out.offer(all);
    } catch (RefusedException | ReplyBrokenException _) {
      // Nobody who could be told: the refusal itself is what the observer hears of.
    }
  }
}
