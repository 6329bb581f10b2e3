package org.hitc.listener.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.channel.Refusal;
import org.hitc.channel.Request;
import org.hitc.channel.os.PosixFiles;
import org.hitc.i18n.Messages;
import org.hitc.i18n.site.SiteFolder;
import org.hitc.listener.Listener;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.grant.FakeLauncher;
import org.hitc.listener.grant.Grants;
import org.hitc.listener.grant.Revocations;
import org.hitc.session.SessionLimits;
import org.hitc.session.Sessions;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.sign.TokenSigner;
import org.hitc.session.signin.SignIn;
import org.hitc.session.signin.SignInAnswer;
import org.hitc.session.signin.SignInProvider;
import org.hitc.session.signin.Throttle;
import org.hitc.session.signin.UserEntry;
import org.hitc.session.store.Store;
import org.hitc.session.store.testing.FreshStore;
import org.hitc.session.token.CachedVerifier;
import org.hitc.session.token.PublicKeys;
import org.hitc.session.token.TokenVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The grant of a session")
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // JUnit calls begin before each test
final class SessionEndsTest {
  @TempDir private Path folder;

  private Instant now = Instant.now();
  private final InstantSource clock = () -> now;
  private final SecureRandom random = new SecureRandom();
  private final People people = new People();
  private FakeLauncher launcher;
  private Store store;
  private AuditLog audit;
  private Sessions sessions;
  private SignInDesk desk;

  /** Lets anybody in, with a grant; as long as nobody is disabled. */
  private static final class People implements SignInProvider {
    private boolean enabled = true;

    private UserEntry entry(String user) {
      return new UserEntry(user, user, Optional.empty(), Set.of(), enabled, "stamp");
    }

    @Override
    public SignInAnswer signIn(String user, String password) {
      return new SignInAnswer.Accepted(entry(user), "password", Optional.of("grant-of-" + user));
    }

    @Override
    public SignInAnswer answer(String user, String state, Map<String, String> answers) {
      return new SignInAnswer.Denied();
    }

    @Override
    public boolean forgets() {
      return false;
    }

    @Override
    public Optional<UserEntry> find(String user, Optional<UserEntry> kept) {
      return Optional.of(entry(user));
    }
  }

  @BeforeEach
  void begin() throws IOException {
    int self = PosixFiles.getuid();
    launcher = new FakeLauncher(folder, self, self);
    store = FreshStore.open(folder.resolve("store.db"));
    audit = AuditLog.open(log(), clock);
    SigningKey key = SigningKey.create(random);
    sessions =
        new Sessions(
            store,
            people,
            new TokenSigner("test", key),
            new CachedVerifier(
                new TokenVerifier("test", PublicKeys.of(List.of(key.publicKey())), clock), 100),
            SessionLimits.DEFAULT,
            clock,
            random);
    Revocations revocations =
        new Revocations(
            Optional.of(Grants.forSysSide(folder)),
            store,
            "main",
            clock,
            random,
            new Revocations.Told() {
              @Override
              public void owed(String subject, String why) {
                audit.record(new AuditEvent.RevocationOwed(subject, why));
              }

              @Override
              public void late(String subject) {
                audit.record(new AuditEvent.RevocationTold(subject));
              }
            });
    ArgumentDigests digests = ArgumentDigests.open(folder.resolve("digest.key"), random);
    desk =
        new SignInDesk(
            new SignIn(people, new Throttle(clock), store, clock, random),
            sessions,
            Nothing::new,
            audit,
            new SessionEnds(audit, digests, revocations));
  }

  /** An installation without any workflow. */
  private record Nothing(Messages words) implements Workflows {
    Nothing() {
      this(
          new SiteFolder(
                  Path.of("/nonexistent"),
                  List.of(Listener.class, Refusal.class),
                  _ -> false,
                  ZoneOffset.UTC)
              .shipped());
    }

    @Override
    public Optional<Definition> current(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<Definition> pinned(String hash) {
      return Optional.empty();
    }

    @Override
    public Collection<Definition> all() {
      return List.of();
    }
  }

  @AfterEach
  void end() throws IOException {
    launcher.close();
    audit.close();
    store.close();
  }

  private Path log() {
    return folder.resolve("audit.log");
  }

  private String signIn(String user) {
    SignInDesk.Begun begun = desk.login(new Request.Login(user, "x", "", "192.0.2.7", "en"));
    return ((SignInDesk.Begun.Session) begun).token();
  }

  private SignInDesk.Recognised recognise(String token) {
    return desk.recognise(new Request.Home(token, "en"));
  }

  @Test
  void is_there_for_who_runs_a_step_and_in_nothing_that_is_written() throws IOException {
    SignInDesk.Recognised as = recognise(signIn("anna"));
    Caller caller = ((SignInDesk.Recognised.As) as).caller();
    assertThat(caller.grant()).contains("grant-of-anna");
    assertThat(as.toString() + caller).doesNotContain("grant-of");
    assertThat(Files.readString(log())).doesNotContain("grant-of");
  }

  @Test
  void ends_with_the_sign_out() {
    desk.logout(new Request.Logout(signIn("anna"), "en"));
    assertThat(launcher.asked()).containsExactly("run revoke grant-of-anna");
  }

  @Test
  void ends_when_a_request_finds_the_user_disabled() {
    String token = signIn("anna");
    people.enabled = false;
    assertThat(recognise(token)).isInstanceOf(SignInDesk.Recognised.Refused.class);
    assertThat(launcher.asked()).containsExactly("run revoke grant-of-anna");
  }

  @Test
  void ends_when_a_request_finds_the_session_past_its_time() {
    String token = signIn("anna");
    now = now.plus(SessionLimits.DEFAULT.idle()).plus(SessionLimits.DEFAULT.activityStep());
    assertThat(recognise(token)).isInstanceOf(SignInDesk.Recognised.Refused.class);
    assertThat(launcher.asked()).containsExactly("run revoke grant-of-anna");
  }

  @Test
  void ends_with_the_session_that_one_too_many_pushes_out() {
    for (int i = 0; i <= SessionLimits.DEFAULT.perUser(); i++) {
      signIn("anna");
    }
    assertThat(launcher.asked()).containsExactly("run revoke grant-of-anna");
  }

  @Test
  void keeps_no_sign_out_from_succeeding_when_the_launcher_is_down() throws IOException {
    String token = signIn("anna");
    launcher.close();
    desk.logout(new Request.Logout(token, "en"));
    assertThat(recognise(token)).isInstanceOf(SignInDesk.Recognised.Refused.class);
    assertThat(Files.readString(log()))
        .contains("\"event\":\"session-ended\"")
        .contains("\"event\":\"revocation-owed\"")
        .doesNotContain("grant-of");
  }
}
