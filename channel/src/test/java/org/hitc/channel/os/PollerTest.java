package org.hitc.channel.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hitc.channel.os.PosixFiles.O_CLOEXEC;
import static org.hitc.channel.os.PosixFiles.O_NONBLOCK;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.os.PosixFiles.Pipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PollerTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Integer> descriptors = new ArrayList<>();
  private final Poller poller;

  PollerTest() throws PosixException {
    poller = Poller.open();
  }

  @BeforeEach
  void freshPoller() throws PosixException {
    assertThat(poller.awaitWritable(pipe().writeEnd(), LONG)).isTrue();
  }

  @AfterEach
  void closeAll() throws PosixException {
    poller.close();
    threads.close();
    for (int fd : descriptors) {
      PosixFiles.close(fd);
    }
  }

  @Test
  void a_waiter_wakes_when_bytes_come() throws Exception {
    Pipe pipe = pipe();
    Future<Boolean> waiter = threads.submit(() -> poller.awaitReadable(pipe.readEnd(), LONG));
    Thread.sleep(SHORT);
    assertThat(waiter).isNotDone();
    write(pipe);
    assertThat(waiter.get()).isTrue();
  }

  @Test
  void a_waiter_wakes_when_the_other_side_hangs_up() throws Exception {
    Pipe pipe = PosixFiles.pipe(O_CLOEXEC | O_NONBLOCK);
    Future<Boolean> waiter = threads.submit(() -> poller.awaitReadable(pipe.readEnd(), LONG));
    Thread.sleep(SHORT);
    PosixFiles.close(pipe.writeEnd());
    assertThat(waiter.get()).isTrue();
    PosixFiles.close(pipe.readEnd());
  }

  @Test
  void a_full_pipe_is_not_writable_until_it_is_read_from() throws Exception {
    Pipe pipe = pipe();
    byte[] page = new byte[4096];
    while (PosixFiles.write(pipe.writeEnd(), page, 0, page.length) > 0) {}
    assertThat(poller.awaitWritable(pipe.writeEnd(), SHORT)).isFalse();
    assertThat(PosixFiles.read(pipe.readEnd(), page, 0, page.length)).isPositive();
    assertThat(poller.awaitWritable(pipe.writeEnd(), LONG)).isTrue();
  }

  @Test
  void a_timeout_leaves_nothing_behind_that_could_wake_a_later_waiter() throws Exception {
    Pipe pipe = pipe();
    for (int i = 0; i < 20; i++) {
      assertThat(poller.awaitReadable(pipe.readEnd(), Duration.ofMillis(2))).isFalse();
    }
    write(pipe);
    assertThat(poller.awaitReadable(pipe.readEnd(), LONG)).isTrue();
    PosixFiles.read(pipe.readEnd(), new byte[8], 0, 8);
    assertThat(poller.awaitReadable(pipe.readEnd(), SHORT)).isFalse();
  }

  @Test
  void a_descriptor_number_that_is_used_again_starts_afresh() throws Exception {
    for (int i = 0; i < 100; i++) {
      Pipe pipe = PosixFiles.pipe(O_CLOEXEC | O_NONBLOCK);
      write(pipe);
      assertThat(poller.awaitReadable(pipe.readEnd(), LONG)).isTrue();
      PosixFiles.close(pipe.readEnd());
      PosixFiles.close(pipe.writeEnd());
    }
  }

  @Test
  void a_second_waiter_for_one_descriptor_fails_loudly() throws Exception {
    Pipe pipe = pipe();
    Future<Boolean> waiter = threads.submit(() -> poller.awaitReadable(pipe.readEnd(), LONG));
    Thread.sleep(SHORT);
    assertThatThrownBy(() -> poller.awaitReadable(pipe.readEnd(), LONG))
        .isInstanceOf(IllegalStateException.class);
    write(pipe);
    assertThat(waiter.get()).isTrue();
  }

  @Test
  void a_regular_file_is_refused(@org.junit.jupiter.api.io.TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    int fd = PosixFiles.open(PosixFiles.AT_FDCWD, file.toString(), PosixFiles.HOSTILE, 0);
    PosixException e =
        catchThrowableOfType(PosixException.class, () -> poller.awaitReadable(fd, LONG));
    assertThat(e.errno()).isEqualTo(Errno.EPERM);
    PosixFiles.close(fd);
  }

  @Test
  void an_interrupt_ends_the_waiting_and_is_kept() throws Exception {
    Pipe pipe = pipe();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread waiter =
        Thread.startVirtualThread(() -> {
          PosixException e =
              catchThrowableOfType(
                  PosixException.class, () -> poller.awaitReadable(pipe.readEnd(), LONG));
          interrupted.complete(e.is(Errno.EINTR) && Thread.currentThread().isInterrupted());
        });
    Thread.sleep(SHORT);
    waiter.interrupt();
    assertThat(interrupted.get()).isTrue();
  }

  @Test
  void the_end_of_a_process_is_readable() throws Exception {
    Process process = new ProcessBuilder("sleep", "0.2").start();
    int pidfd = PosixFiles.pidfdOpen((int) process.pid());
    descriptors.add(pidfd);
    assertThat(poller.awaitReadable(pidfd, Duration.ofMillis(20))).isFalse();
    assertThat(poller.awaitReadable(pidfd, LONG)).isTrue();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void closing_wakes_everybody() throws Exception {
    List<Future<Integer>> waiters = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int fd = pipe().readEnd();
      waiters.add(
          threads.submit(() ->
              catchThrowableOfType(PosixException.class, () -> poller.awaitReadable(fd, LONG))
                  .errno()));
    }
    Thread.sleep(SHORT);
    poller.close();
    for (Future<Integer> waiter : waiters) {
      assertThat(waiter.get()).isEqualTo(Errno.ECANCELED);
    }
    int fd = pipe().readEnd();
    assertThatThrownBy(() -> poller.awaitReadable(fd, LONG)).isInstanceOf(PosixException.class);
  }

  @Test
  void two_thousand_waiters_need_few_threads_of_the_system() throws Exception {
    int count = 2000;
    List<Pipe> pipes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pipes.add(pipe());
    }
    CountDownLatch woken = new CountDownLatch(count);
    for (Pipe pipe : pipes) {
      var _ =
          threads.submit(() -> {
            if (poller.awaitReadable(pipe.readEnd(), LONG)) {
              woken.countDown();
            }
            return woken;
          });
    }
    Thread.sleep(300);
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      assertThat(tasks.count()).isLessThan(60);
    }
    assertThat(woken.getCount()).isEqualTo(count);
    for (Pipe pipe : pipes) {
      write(pipe);
    }
    assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private Pipe pipe() throws PosixException {
    Pipe pipe = PosixFiles.pipe(O_CLOEXEC | O_NONBLOCK);
    descriptors.add(pipe.readEnd());
    descriptors.add(pipe.writeEnd());
    return pipe;
  }

  private static void write(Pipe pipe) throws PosixException {
    assertThat(PosixFiles.write(pipe.writeEnd(), new byte[] {1}, 0, 1)).isEqualTo(1);
  }
}
