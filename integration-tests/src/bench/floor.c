/*
 * The floor under the benchmarks: the same system calls as the product's, and nothing else.
 *
 *   floor hole ROUNDS DIR            P1: a request through the hole and back, in a new folder DIR/hole
 *   floor spawn ROUNDS PROGRAM ...   P4: posix_spawn, all output read through a pipe, waitpid
 *   floor chain ROUNDS WORKERS DIR   P3: check_open && authorize && budget12 of DIR, WORKERS at once
 *
 * One line for each measure: its name, then name=value. Times are of one round, wall clock.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { HINT = 37, ID = 32, PAGE = 1024, PATIENCE_MS = 5000 };

static const char REQUEST[] =
    "HITC2 page\n3\n5:token,20:v4.public.0123456789,\n5:visit,4:7K3P,\n4:page,1:1,\nEND\n";

static volatile sig_atomic_t stopped;

static void stop(int signal) { stopped = signal; }

static _Noreturn void fail(const char *format, ...) {
  int error = errno;
  va_list arguments;
  va_start(arguments, format);
  fputs("floor: ", stderr);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fprintf(stderr, ": %s\n", error ? strerror(error) : "not as expected");
  exit(1);
}

static int checked(int result, const char *what) {
  if (result < 0) fail("%s", what);
  return result;
}

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int64_t *times_for(long rounds) {
  int64_t *times = calloc((size_t)rounds, sizeof *times);
  if (!times) fail("calloc");
  return times;
}

static void report(const char *name, int64_t *times, long rounds) {
  qsort(times, (size_t)rounds, sizeof *times, ascending);
  int64_t median = times[rounds / 2], p99 = times[rounds * 99 / 100];
  printf("%s rounds=%ld median_us=%.1f p99_us=%.1f median_ns=%lld p99_ns=%lld\n", name, rounds,
         (double)median / 1e3, (double)p99 / 1e3, (long long)median, (long long)p99);
  free(times);
}

/* ---- P1: the hole -------------------------------------------------------------------------- */

static char root[2048];
static pid_t asker, answerer;

/* The hole's folders; only the asker makes and removes them. */
static const char *const FOLDERS[] = {"/hole", "/hole/ctl", "/hole/spool", "/hole/spool/jobs", "/hole/spool/work"};
enum { FOLDER_COUNT = sizeof FOLDERS / sizeof *FOLDERS };

static void path(char *out, size_t size, const char *below) {
  if ((size_t)snprintf(out, size, "%s%s", root, below) >= size) {
    errno = ENAMETOOLONG;
    fail("%s", root);
  }
}

static void remove_hole(void) {
  char name[4096];
  if (getpid() != asker) return;
  if (answerer > 0) {
    kill(answerer, SIGKILL);
    waitpid(answerer, NULL, 0);
  }
  path(name, sizeof name, "/hole/ctl/daemon");
  unlink(name);
  for (int i = FOLDER_COUNT - 1; i >= 0; i--) {
    path(name, sizeof name, FOLDERS[i]);
    rmdir(name);
  }
}

static int folder(const char *below) {
  char name[4096];
  path(name, sizeof name, below);
  return checked(open(name, O_PATH | O_DIRECTORY | O_CLOEXEC), name);
}

static void random_id(char *id) {
  static const char digits[] = "0123456789abcdef";
  unsigned char bytes[ID / 2];
  if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) fail("getrandom");
  for (int i = 0; i < ID / 2; i++) {
    id[2 * i] = digits[bytes[i] >> 4];
    id[2 * i + 1] = digits[bytes[i] & 15];
  }
  id[ID] = 0;
}

static void named(char *out, const char *id, const char *suffix) { sprintf(out, "%.*s%s", ID, id, suffix); }

static int await(int fd, short events) {
  struct pollfd waiting = {fd, events, 0};
  int ready = poll(&waiting, 1, PATIENCE_MS);
  if (ready == 0) {
    errno = ETIMEDOUT;
    fail("poll");
  }
  if (ready < 0 && errno != EINTR) fail("poll");
  return ready > 0;
}

static size_t frame(unsigned char *out, char type, const void *payload, uint32_t length) {
  out[0] = (unsigned char)type;
  out[1] = (unsigned char)(length >> 24);
  out[2] = (unsigned char)(length >> 16);
  out[3] = (unsigned char)(length >> 8);
  out[4] = (unsigned char)length;
  memcpy(out + 5, payload, length);
  return 5 + length;
}

/* One page and the end: outcome, byte counts, and room where the digest would stand. */
static size_t reply(unsigned char *out) {
  unsigned char page[PAGE], end[4 + 4 + 8 + 8 + 32] = {0, 0, 0, 4, 'd', 'o', 'n', 'e'};
  memset(page, 'p', sizeof page);
  size_t size = frame(out, 'p', page, sizeof page);
  return size + frame(out + size, 'E', end, sizeof end);
}

static void answer_one(int jobs, int work, const char *id, const unsigned char *out, size_t size) {
  char in[ID + 8], fifo[ID + 8], text[4096];
  struct stat file;
  struct open_how how = {
      .flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV};
  named(in, id, ".in");
  named(fifo, id, ".out");
  checked((int)syscall(SYS_renameat2, jobs, in, work, in, 1 /* RENAME_NOREPLACE */), "renameat2");
  int request = checked((int)syscall(SYS_openat2, work, in, &how, sizeof how), "openat2");
  checked(fstat(request, &file), "fstat");
  errno = 0;
  if (!S_ISREG(file.st_mode) || file.st_nlink != 1 || file.st_uid != geteuid()) fail("%s", in);
  size_t length = 0;
  for (ssize_t got; (got = read(request, text + length, sizeof text - length)) != 0; length += (size_t)got)
    if (got < 0) fail("read %s", in);
  close(request);
  errno = 0;
  if (length != sizeof REQUEST - 1 || memcmp(text, REQUEST, length)) fail("%s", in);
  how.flags = O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY;
  int results = checked((int)syscall(SYS_openat2, jobs, fifo, &how, sizeof how), "openat2");
  checked(fstat(results, &file), "fstat");
  errno = 0;
  if (!S_ISFIFO(file.st_mode)) fail("%s", fifo);
  if (write(results, out, size) != (ssize_t)size) fail("write %s", fifo);
  close(results);
  checked(unlinkat(work, in, 0), "unlinkat");
}

static _Noreturn void answer(int hints, int jobs, int work) {
  unsigned char out[4096];
  size_t size = reply(out);
  char hint[HINT * 64];
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != asker) exit(1);
  for (;;) {
    struct pollfd waiting = {hints, POLLIN, 0};
    if (poll(&waiting, 1, -1) < 0) continue;
    ssize_t got = read(hints, hint, sizeof hint);
    errno = 0;
    if (got != HINT || memcmp(hint, "\nH2 ", 4) || hint[HINT - 1] != '\n') fail("hint");
    hint[4 + ID] = 0;
    answer_one(jobs, work, hint + 4, out, size);
  }
}

static void ask(int hints, int jobs, size_t size) {
  char id[ID + 1], temporary[ID + 8], in[ID + 8], fifo[ID + 8], hint[HINT + 1];
  unsigned char got[4096];
  random_id(id);
  named(temporary, id, ".tmp");
  named(in, id, ".in");
  named(fifo, id, ".out");
  checked(mkfifoat(jobs, fifo, 0600), "mkfifo");
  checked(fchmodat(jobs, fifo, 0620, 0), "fchmod");
  int results = checked(openat(jobs, fifo, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC), fifo);
  int request = checked(openat(jobs, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640), temporary);
  if (write(request, REQUEST, sizeof REQUEST - 1) != sizeof REQUEST - 1) fail("write %s", temporary);
  close(request);
  checked(renameat(jobs, temporary, jobs, in), "rename");
  sprintf(hint, "\nH2 %s\n", id);
  if (write(hints, hint, HINT) != HINT) fail("write hint");
  size_t length = 0;
  for (;;) {
    if (!await(results, POLLIN)) continue;
    ssize_t part = read(results, got + length, sizeof got - length);
    if (part < 0) fail("read %s", fifo);
    if (part == 0) break;
    length += (size_t)part;
  }
  errno = 0;
  if (length != size || got[5 + PAGE] != 'E') fail("reply");
  close(results);
  checked(unlinkat(jobs, fifo, 0), "unlink");
}

static void hole(long rounds, const char *directory) {
  char name[4096];
  unsigned char expected[4096];
  size_t size = reply(expected);
  umask(0);
  if ((size_t)snprintf(root, sizeof root, "%s", directory) >= sizeof root) {
    errno = ENAMETOOLONG;
    fail("DIR");
  }
  path(name, sizeof name, "/hole");
  checked(mkdir(name, 0755), name);
  asker = getpid();
  atexit(remove_hole);
  for (int i = 1; i < FOLDER_COUNT; i++) {
    path(name, sizeof name, FOLDERS[i]);
    checked(mkdir(name, 0700), name);
  }
  path(name, sizeof name, "/hole/ctl/daemon");
  checked(mkfifo(name, 0600), name);
  int listening = checked(open(name, O_RDWR | O_NONBLOCK | O_CLOEXEC), name);
  int hints = checked(open(name, O_WRONLY | O_NONBLOCK | O_CLOEXEC), name);
  int jobs = folder("/hole/spool/jobs"), work = folder("/hole/spool/work");
  answerer = checked(fork(), "fork");
  if (answerer == 0) answer(listening, jobs, work);
  int64_t *times = times_for(rounds);
  for (long i = -rounds / 10; i < rounds && !stopped; i++) {
    int64_t before = now();
    ask(hints, jobs, size);
    if (i >= 0) times[i] = now() - before;
  }
  if (stopped) exit(128 + stopped);
  report("p1_hole", times, rounds);
}

/* ---- P4 and P3: programs ------------------------------------------------------------------- */

static char *const NO_ENVIRONMENT[] = {"PATH=/usr/local/bin:/usr/bin:/bin", NULL};

/* Runs a program with these bytes as its input, reads all it prints; what it printed, or dies. */
static size_t run(char *const argv[], const char *input) {
  int in[2], out[2], status;
  char printed[65536];
  posix_spawn_file_actions_t actions;
  pid_t program;
  size_t length = 0, given = strlen(input);
  checked(pipe2(in, O_CLOEXEC), "pipe");
  checked(pipe2(out, O_CLOEXEC), "pipe");
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  errno = posix_spawn(&program, argv[0], &actions, NULL, argv, NO_ENVIRONMENT);
  if (errno) fail("%s", argv[0]);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  if (given && write(in[1], input, given) != (ssize_t)given && errno != EPIPE) fail("write to %s", argv[0]);
  close(in[1]);
  for (ssize_t got; (got = read(out[0], printed, sizeof printed)) != 0;) {
    if (got > 0) length += (size_t)got;
    else if (errno != EINTR) fail("read from %s", argv[0]);
  }
  close(out[0]);
  while (waitpid(program, &status, 0) < 0)
    if (errno != EINTR) fail("waitpid %s", argv[0]);
  errno = 0;
  if (status != 0 && !stopped)
    fail(WIFEXITED(status) ? "%s ended with exit %d" : "%s ended by signal %d", argv[0],
         WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
  return length;
}

static void spawn(long rounds, char *program) {
  char *const argv[] = {program, NULL};
  const char *base = strrchr(program, '/');
  char name[256];
  int64_t *times = times_for(rounds);
  for (long i = -rounds / 10; i < rounds && !stopped; i++) {
    int64_t before = now();
    run(argv, "");
    if (i >= 0) times[i] = now() - before;
  }
  if (stopped) exit(128 + stopped);
  snprintf(name, sizeof name, "p4_spawn_%s", base ? base + 1 : program);
  report(name, times, rounds);
}

static void chain_once(char *const *check, char *const *authorize, char *const *budget) {
  run(check, "2026-06\n");
  run(authorize, "anna\n204110\n");
  errno = 0;
  if (run(budget, "") == 0 && !stopped) fail("%s printed nothing", budget[0]);
}

static void chain(long rounds, long workers, const char *directory) {
  char programs[3][4096];
  static const char *const names[] = {"check_open", "authorize", "budget12"};
  for (int i = 0; i < 3; i++)
    if ((size_t)snprintf(programs[i], sizeof programs[i], "%s/%s", directory, names[i]) >= sizeof programs[i]) {
      errno = ENAMETOOLONG;
      fail("DIR");
    }
  char *const check[] = {programs[0], NULL}, *const authorize[] = {programs[1], NULL};
  char *const budget[] = {programs[2], (char *)"204110", (char *)"2026-06", NULL};
  int results[2];
  checked(pipe2(results, O_CLOEXEC), "pipe");
  int64_t begin = now();
  for (long w = 0; w < workers; w++) {
    pid_t worker = checked(fork(), "fork");
    if (worker > 0) continue;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    for (long i = w; i < rounds && !stopped; i += workers) {
      int64_t before = now(), took;
      chain_once(check, authorize, budget);
      took = now() - before;
      if (write(results[1], &took, sizeof took) != sizeof took) fail("write");
    }
    _exit(stopped ? 1 : 0);
  }
  close(results[1]);
  int64_t *times = times_for(rounds), took;
  long done = 0;
  for (ssize_t got; (got = read(results[0], &took, sizeof took)) != 0;) {
    if (got == sizeof took && done < rounds) times[done++] = took;
    else if (got < 0 && errno != EINTR) fail("read");
  }
  int64_t all = now() - begin;
  int status, wrong = 0;
  while (wait(&status) > 0) wrong |= status;
  errno = 0;
  if (stopped) exit(128 + stopped);
  if (wrong || done != rounds) fail("a worker ended early, after %ld of %ld reports", done, rounds);
  printf("p3_limit workers=%ld reports_per_s=%.1f\n", workers, (double)rounds * 1e9 / (double)all);
  report("p3_chain", times, rounds);
}

/* -------------------------------------------------------------------------------------------- */

static long number(const char *text, long most) {
  char *end;
  errno = 0;
  long value = strtol(text, &end, 10);
  if (errno || end == text || *end || value < 1 || value > most) {
    fprintf(stderr, "floor: %s is not a number from 1 to %ld\n", text, most);
    exit(2);
  }
  return value;
}

int main(int argc, char **argv) {
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
  if (argc == 4 && !strcmp(argv[1], "hole")) {
    hole(number(argv[2], 10000000), argv[3]);
  } else if (argc >= 4 && !strcmp(argv[1], "spawn")) {
    for (int i = 3; i < argc; i++) spawn(number(argv[2], 10000000), argv[i]);
  } else if (argc == 5 && !strcmp(argv[1], "chain")) {
    chain(number(argv[2], 10000000), number(argv[3], 1024), argv[4]);
  } else {
    fputs("usage: floor hole ROUNDS DIR | spawn ROUNDS PROGRAM ... | chain ROUNDS WORKERS DIR\n", stderr);
    return 2;
  }
  return 0;
}
