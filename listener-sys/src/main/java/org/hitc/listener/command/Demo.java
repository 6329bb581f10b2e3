package org.hitc.listener.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hitc.channel.hole.Layout;
import org.hitc.channel.hole.Owners;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.config.Stores;
import org.hitc.listener.config.Users;
import org.hitc.session.signin.NewUser;
import org.hitc.session.signin.PasswordFile;
import org.hitc.session.store.Migration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the whole product with its samples in a temporary place, and removes it at the end. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the whole product with its samples on this machine; Ctrl-C ends it and removes",
      "everything. As root it is the real thing: two users, a chroot, a spool of its own."
    })
final class Demo implements Callable<Integer> {
  /** Numeric users that nobody has, beyond those that distributions hand out. */
  private static final int FIRST_USER = 61_184;

  private static final int LAST_USER = 65_000;
  private static final long LOOK_MILLIS = 50;
  private static final int PREVIEW_TURNS = 6;

  private static final String PASSWORD = "demo";

  /** As when listener.yaml names none. */
  private static final String NODE = "main";

  @Option(names = "--port", description = "port on the loopback addresses; 0: any (default: 8080)")
  private int port = 8080;

  @Option(names = "--dir", description = "folder to work in; must not exist yet, or be empty")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--train",
      hidden = true,
      description = "record AOT caches by a short walk, then end")
  private boolean train;

  private final Preview preview;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean stop;

  Demo() {
    this.preview = Preview.NONE;
  }

  /**
   * @param preview what somebody works on
   */
  Demo(int port, Preview preview) {
    this.port = port;
    this.preview = preview;
  }

  @Override
  public Integer call() throws Exception {
    // Started under "nohup" or a supervisor, the parent's end is the end of the demo.
    long parent = parent();
    PosixFiles.umask(0022);
    int free = port == 0 ? freePort() : port;
    requireFree(free);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stopAndWait));
    try {
      run(DemoForm.of(PosixFiles.geteuid() == 0, train), free, parent);
      return 0;
    } finally {
      stopped.countDown();
    }
  }

  private void run(DemoForm form, int free, long parent) throws Exception {
    try (DemoPlace place = DemoPlace.make(folder, PosixFiles.geteuid() == 0)) {
      DemoFiles files = prepare(place, form, free);
      Product product = new Product(place, files, Distribution.folder(), train);
      preview.update(target(files), System.out);
      try (product) {
        product.start();
        if (train) {
          Training.walk(free);
        } else {
          announce(place, form, free);
          watch(product, parent, target(files));
        }
      }
      if (train) {
        keepCaches(place, files);
      }
    }
  }

  private DemoFiles prepare(DemoPlace place, DemoForm form, int free) throws Exception {
    Path distribution = Distribution.folder();
    DemoUsers as =
        switch (form) {
          case REAL -> DemoUsers.from(unusedUsers(DemoUsers.COUNT));
          case ONE_UNUSED_USER -> {
            int user = unusedUsers(1);
            yield DemoUsers.one(user, user);
          }
          case ONE_USER -> DemoUsers.one(PosixFiles.geteuid(), PosixFiles.getegid());
        };
    DemoFiles files = new DemoFiles(place.folder(), as, form);
    DemoPlace.makeFolder(place.chroot());
    Chroot chroot = new Chroot(place.chroot());
    chroot.fill(distribution);
    if (form.chroot()) {
      chroot.fillForeignRoot();
      place.makeDevices(chroot.inside(Path.of("/dev")));
    }
    files.installSamples(distribution.resolve("examples"));
    files.writeListenerConfig(ZoneId.systemDefault().getId());
    files.writeGatewayConfig(form.chroot() ? Path.of("/") : place.chroot(), free);

    Layout layout = new Layout(place.chroot());
    Owners owners = new Owners(as.webSide(), as.sysSide(), as.group());
    DemoPlace.makeFolder(layout.spool());
    if (form.chroot()) {
      place.mountSpool(layout.spool()).ifPresent(why -> System.err.println("hitc: " + why));
    }
    Setup.makeHole(layout, owners, form.chroot() ? as.sysSide() : as.group());
    makeState(files, layout, owners);
    return files;
  }

  private static void makeState(DemoFiles files, Layout layout, Owners owners) throws IOException {
    Files.createDirectory(files.state());
    SecureRandom random = new SecureRandom();
    Setup.makeKeys(files.state(), layout, owners, random);
    makeUsers(files, random);
    StoreCommand.quieten();
    Migration.sqlite(files.state().resolve(Stores.FILE), NODE);
    Setup.giveState(files.state(), files.as().sysSide(), files.as().sysSide());
  }

  private static void makeUsers(DemoFiles files, SecureRandom random) throws IOException {
    if (files.form().asOthers()) {
      Files.createDirectory(files.auth());
      DemoPlace.makeFolder(files.sockets());
      files.writeAuthenticatorConfig();
      files.accounts().make();
    }
    PasswordFile.create(files.users());
    PasswordFile users = PasswordFile.open(files.users(), random);
    for (DemoUsers.Person person : DemoUsers.PEOPLE) {
      users.add(
          new NewUser(person.name(), person.displayName(), Optional.empty(), Set.of("fis_user")),
          PASSWORD);
    }
    if (files.form().asOthers()) {
      Setup.giveState(files.auth(), files.as().authSide(), files.as().authSide());
    }
  }

  private static void announce(DemoPlace place, DemoForm form, int port) {
    if (!form.chroot()) {
      System.out.println(
          """
          TRY-OUT: not started as root, so the gateway and the listener run as one user and without
          a chroot. Everything but steps as the signed-in user works, nothing is protected.\
          """);
    }
    System.out.printf(
        """
        Ready: http://localhost:%d/
        Sign in as anna or bert, password demo. Anna may see account 204110.
        %s
        Everything lies in %s; Ctrl-C stops and removes it.
        """,
        port,
        form.asOthers()
            ? "Mail forwarding runs as anna or bert: users whom only this demo sees."
            : "Mail forwarding is off: only root can start programs as other users.",
        place.folder());
    System.out.flush();
  }

  private static Preview.Target target(DemoFiles files) {
    return new Preview.Target(
        new Layout(files.chroot()).messages(),
        files.etc().resolve("workflows"),
        files.etc().resolve("programs.yaml"));
  }

  private void watch(Product product, long parent, Preview.Target target)
      throws IOException, InterruptedException {
    for (int turn = 1; !stop && parent() == parent; turn++) {
      product.revive();
      if (turn % PREVIEW_TURNS == 0) {
        preview.update(target, System.out);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** The shutdown hook: the JVM ends when everything is stopped and removed. */
  private void stopAndWait() {
    stop = true;
    try {
      stopped.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void keepCaches(DemoPlace place, DemoFiles files)
      throws IOException, InterruptedException {
    for (Side side : List.of(Side.GATEWAY, Side.LISTENER)) {
      Path made = files.state().resolve(side.cache());
      if (!Files.exists(made)) {
        throw new IOException(
            "the "
                + side.word()
                + " recorded no AOT cache:\n"
                + Files.readString(place.log(side.word())));
      }
      Path kept = Distribution.folder().resolve(side.word()).resolve(side.cache());
      Files.copy(made, kept, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private static long parent() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void requireFree(int port) throws IOException {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return;
    } catch (IOException e) {
      throw new IOException("port " + port + " is in use; choose another with --port N", e);
    }
  }

  /** The first of so many neighbouring ids that no user, no group and no process has. */
  private static int unusedUsers(int count) throws IOException {
    Users users = new Users();
    Set<Integer> running = new HashSet<>();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (Files.exists(process)) {
          running.add((int) Files.getAttribute(process, "unix:uid"));
        }
      }
    }
    for (int first = FIRST_USER; first + count < LAST_USER; first += count) {
      int candidate = first;
      if (IntStream.range(candidate, candidate + count)
          .noneMatch(id -> running.contains(id) || users.isKnown(id))) {
        return candidate;
      }
    }
    throw new IOException("no unused user ids between " + FIRST_USER + " and " + LAST_USER);
  }
}
