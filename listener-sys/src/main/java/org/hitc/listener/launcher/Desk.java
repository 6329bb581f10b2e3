package org.hitc.listener.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.listener.launcher.os.Descriptors;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.listener.launcher.protocol.RunRefusal;

/** Decides. All of it is checked before anything is started. Safe for threads. */
final class Desk {
  private static final int DESCRIPTORS = 3;

  private final LivePolicy policies;
  private final Accounts accounts;
  private final Grants grants;
  private final OwnLog log;

  Desk(LivePolicy policies, Accounts accounts, Grants grants, OwnLog log) {
    this.policies = policies;
    this.accounts = accounts;
    this.grants = grants;
    this.log = log;
  }

  /** A run that may be. */
  record Allowed(Entry entry, Account account, String user, Ask.Run ask) {}

  /**
   * A grant for somebody who has just signed in.
   *
   * @throws RefusedException USER: no name of a user, or root
   */
  String grant(String user) throws RefusedException {
    if (!Accounts.isName(user) || accounts.find(user).filter(a -> a.uid() == 0).isPresent()) {
      throw new RefusedException(RunRefusal.USER, "no name of a user, or root");
    }
    String grant = grants.give(user, policies.current().grants());
    log.say("grant", Map.of("user", user));
    return grant;
  }

  /**
   * Ends grants.
   *
   * @throws RefusedException GRANT: it never was one; USER: no name
   */
  Answer revoke(Ask ask) throws RefusedException {
    switch (ask) {
      case Ask.Revoke(String grant) -> {
        Optional<String> user = grants.user(grant);
        if (!grants.revoke(grant)) {
          throw new RefusedException(RunRefusal.GRANT, "no grant of this launcher");
        }
        log.say("revoke", Map.of("user", user.orElse("")));
      }
      case Ask.RevokeUser(String user) -> {
        if (!Accounts.isName(user)) {
          throw new RefusedException(RunRefusal.USER, "no name of a user");
        }
        grants.revokeUser(user);
        log.say("revoke-user", Map.of("user", user));
      }
      case Ask.RevokeAll() -> {
        grants.revokeAll();
        log.say("revoke-all", Map.of());
      }
      case Ask.Grant _, Ask.Run _ ->
          throw new RefusedException(RunRefusal.SYNTAX, "nothing to revoke");
    }
    return new Answer.Done();
  }

  /**
   * Whether this may run. The account is looked up once; what is found here is what it runs as.
   *
   * @throws RefusedException when not
   */
  Allowed allow(Ask.Run ask) throws RefusedException, IOException {
    String user =
        grants
            .user(ask.grant())
            .orElseThrow(() -> new RefusedException(RunRefusal.GRANT, "no grant that holds"));
    Policy policy = policies.current();
    Entry entry =
        policy
            .entry(ask.entry())
            .orElseThrow(() -> new RefusedException(RunRefusal.POLICY, "no such entry"));
    boolean asUser = ask.account().equals(Ask.Run.SIGNED_IN);
    if (!asUser && !Accounts.isName(ask.account())) {
      throw new RefusedException(RunRefusal.USER, "no name of an account");
    }
    refuse(RunRefusal.POLICY, entry.accountObjection(ask.account()));
    Optional<Account> who = accounts.find(user);
    if (!entry.users().contains(user, who)) {
      throw new RefusedException(RunRefusal.POLICY, entry.name() + " is not for " + user);
    }
    Account account =
        (asUser ? who : accounts.find(ask.account()))
            .orElseThrow(() -> new RefusedException(RunRefusal.USER, "no such account"));
    Optional<RefusedException> objection = account.objection(policy, entry.allow());
    if (objection.isPresent()) {
      throw objection.get();
    }
    refuse(RunRefusal.ARGS, entry.valuesObjection(ask.args().stream().map(Optional::of).toList()));
    program(entry);
    return new Allowed(entry, account, user, ask);
  }

  /** The file may have changed since the policy was read. */
  private static void program(Entry entry) throws RefusedException, IOException {
    List<String> problems = SafePath.ownedByRoot().program(entry.program());
    if (!problems.isEmpty()) {
      throw new RefusedException(RunRefusal.PROGRAM, String.join("; ", problems));
    }
    if (entry.sha256().isPresent() && !entry.sha256().get().equals(sha256(entry.program()))) {
      throw new RefusedException(RunRefusal.PROGRAM, "the file is not the one of the policy");
    }
  }

  private static String sha256(Path program) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(program), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Three pipes, which no data of this process goes through.
   *
   * @throws RefusedException SYNTAX when they are something else
   */
  static void pipes(List<Integer> descriptors) throws RefusedException, IOException {
    if (descriptors.size() != DESCRIPTORS) {
      throw new RefusedException(RunRefusal.SYNTAX, "not three descriptors");
    }
    for (int fd : descriptors) {
      if (!Descriptors.isPipe(fd)) {
        throw new RefusedException(RunRefusal.SYNTAX, "a descriptor is no pipe");
      }
    }
  }

  private static void refuse(RunRefusal why, Optional<String> objection) throws RefusedException {
    if (objection.isPresent()) {
      throw new RefusedException(why, objection.get());
    }
  }
}
