package org.hitc.listener.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.token.KeyFileException;
import org.hitc.session.token.PublicKey;
import org.hitc.session.token.PublicKeyFile;

/**
 * The keys of a node while they are changed, by root or by the listener's own user; one at a time.
 * Each change leaves, at any moment at which it can break off, keys that can be used.
 */
public final class KeyFolder implements AutoCloseable {
  private static final int PRIVATE = 0600;
  private static final int FOR_THE_GROUP = 0640;

  private final PinnedFolder keys;
  private final PinnedFolder audit;
  private final Optional<Copies> copies;
  private final SecureRandom random;

  /**
   * Where the gateway finds copies of the public keys.
   *
   * @param folder in the chroot
   * @param group who may read them
   */
  public record Copies(Path folder, int group) {}

  private KeyFolder(
      PinnedFolder keys, PinnedFolder audit, Optional<Copies> copies, SecureRandom random) {
    this.keys = keys;
    this.audit = audit;
    this.copies = copies;
    this.random = random;
  }

  /**
   * Opens the folder, and makes it if it is missing. A signing key from before there was a folder
   * is taken over: its tokens stay good.
   *
   * @param copies kept up to date by every change; empty: not touched
   * @throws IOException when it is not safe, or somebody else is changing it
   */
  public static KeyFolder open(Path state, Optional<Copies> copies, SecureRandom random)
      throws IOException {
    try (PinnedFolder above = PinnedFolder.open(state)) {
      PinnedFolder keys = above.child(KeyNames.FOLDER);
      try {
        keys.lock();
        takeOver(above, keys);
        return new KeyFolder(keys, keys.child(KeyNames.AUDIT_FOLDER), copies, random);
      } catch (IOException e) {
        keys.close();
        throw e;
      }
    }
  }

  private static void takeOver(PinnedFolder state, PinnedFolder keys) throws IOException {
    if (state.has(KeyNames.OLD_SIGNING) && !keys.has(KeyNames.SIGNING)) {
      PublicKey key = SigningKey.load(state.resolve(KeyNames.OLD_SIGNING)).publicKey();
      write(keys, PublicKeyFile.of(key));
      state.rename(KeyNames.OLD_SIGNING, keys, KeyNames.SIGNING);
    }
  }

  /** Whether there is a key that signs tokens. */
  public boolean isReady() {
    return keys.has(KeyNames.SIGNING);
  }

  /**
   * Makes the keys that are missing: the one that signs, the one that seals.
   *
   * @return the id of the key that signs
   */
  public PublicKey init(Instant now) throws IOException {
    if (!isReady()) {
      prepare(now);
      activate(now, now);
    }
    ensureAuditKey(now);
    copy();
    return signing();
  }

  /** The key that signs tokens. */
  public PublicKey signing() throws IOException {
    return SigningKey.load(keys.resolve(KeyNames.SIGNING)).publicKey();
  }

  /** The key that is to sign after the next rotation, if it is prepared. */
  public Optional<PublicKey> next() throws IOException {
    return keys.has(KeyNames.NEXT)
        ? Optional.of(SigningKey.load(keys.resolve(KeyNames.NEXT)).publicKey())
        : Optional.empty();
  }

  /** The key that seals checkpoints, if there is one. */
  public Optional<PublicKey> sealing() throws IOException {
    return keys.has(KeyNames.AUDIT)
        ? Optional.of(SigningKey.load(keys.resolve(KeyNames.AUDIT)).publicKey())
        : Optional.empty();
  }

  /** Makes the key that will sign next, believed from now on; or gives the one that is there. */
  public PublicKey prepare(Instant now) throws IOException {
    sweep(now);
    Optional<PublicKey> prepared = next();
    PublicKey key = prepared.isPresent() ? prepared.get() : create(KeyNames.NEXT);
    if (find(key.id()).isEmpty()) {
      write(PublicKeyFile.of(key).withSince(now));
    }
    copy();
    return key;
  }

  /**
   * Lets the prepared key sign.
   *
   * @param oldUntil when the key that signed until now stops being believed
   */
  public PublicKey activate(Instant now, Instant oldUntil) throws IOException {
    PublicKey key = next().orElseThrow(() -> new IOException("no key is prepared"));
    if (isReady()) {
      // First: a crash after it leaves a key that signs and has an end, which the next rotation
      // sets anew; the other way round the old key would be believed for good.
      write(file(signing()).withUntil(oldUntil));
    }
    keys.rename(KeyNames.NEXT, keys, KeyNames.SIGNING);
    sweep(now);
    copy();
    return key;
  }

  /**
   * What an emergency came to.
   *
   * @param key the one that signs now
   * @param unusable names of what held no key of sessions; each is called so no more, but {@code
   *     NAME.unusable}
   */
  public record Emergency(PublicKey key, List<String> unusable) {
    public Emergency {
      unusable = List.copyOf(unusable);
    }
  }

  /**
   * A fresh key signs and seals at once; no other key of this node is believed any more, and every
   * session of the installation ends as soon as a listener sees it. A file that cannot be read does
   * not stop it: it is put aside, since a listener reads either all files or none, and would go on
   * to believe what it knows.
   */
  public Emergency emergency(Instant now) throws IOException {
    keys.write(KeyNames.END_ALL, new byte[0], PRIVATE);
    keys.remove(KeyNames.NEXT);
    PublicKey key = create(KeyNames.NEXT);
    write(PublicKeyFile.of(key).withSince(now));
    keys.rename(KeyNames.NEXT, keys, KeyNames.SIGNING);
    List<String> unusable = removeAllOwnBut(key);
    copy();
    rotateAudit(now);
    return new Emergency(key, unusable);
  }

  private List<String> removeAllOwnBut(PublicKey key) throws IOException {
    List<String> unusable = new ArrayList<>();
    for (String name : keys.names()) {
      if (name.endsWith(KeyNames.PUBLIC)) {
        Optional<PublicKeyFile> file = usable(name);
        if (file.isEmpty()) {
          // Not removed: it may be a folder, or another node's key.
          keys.rename(name, keys, name + KeyNames.UNUSABLE);
          unusable.add(name);
        } else if (file.get().node().isEmpty() && !file.get().key().id().equals(key.id())) {
          keys.remove(name);
        }
      }
    }
    return unusable;
  }

  private Optional<PublicKeyFile> usable(String name) throws IOException {
    try {
      return Optional.of(load(keys, name)).filter(f -> f.use() == PublicKeyFile.Use.SESSION);
    } catch (KeyFileException _) {
      return Optional.empty();
    }
  }

  /**
   * Whether the listener has still to end every session. Takes no turn, so it is told while
   * somebody changes the keys.
   */
  public static boolean isEndingSessions(Path state) {
    return Files.exists(
        KeyNames.folder(state).resolve(KeyNames.END_ALL), LinkOption.NOFOLLOW_LINKS);
  }

  /** The listener has ended every session. */
  void sessionsEnded() throws IOException {
    keys.remove(KeyNames.END_ALL);
  }

  /**
   * A fresh key seals checkpoints; the old one is good for those until now. Its public key is there
   * before it seals anything, and the old one does not end before.
   */
  public PublicKey rotateAudit(Instant now) throws IOException {
    Optional<PublicKey> old = sealing();
    SigningKey key = SigningKey.create(random);
    write(audit, newAuditFile(key.publicKey()).withSince(now));
    keys.write(KeyNames.AUDIT, key.fileBytes(), PRIVATE);
    if (old.isPresent()) {
      write(audit, auditFile(old.get()).withUntil(now));
    }
    return key.publicKey();
  }

  /**
   * Makes the key that seals checkpoints if there is none, and its public key if that is missing. A
   * clock that was ahead when the key was made, and was put back, does not keep it from counting.
   */
  public void ensureAuditKey(Instant now) throws IOException {
    Optional<PublicKey> sealing = sealing();
    if (sealing.isEmpty()) {
      rotateAudit(now);
      return;
    }
    PublicKeyFile file = auditFile(sealing.get());
    Instant since = file.since().orElse(writtenAt(KeyNames.AUDIT));
    if (file.since().isEmpty() || since.isAfter(now)) {
      write(audit, file.withSince(since.isAfter(now) ? now : since));
    }
  }

  private Instant writtenAt(String name) throws IOException {
    return Files.getLastModifiedTime(keys.resolve(name), LinkOption.NOFOLLOW_LINKS).toInstant();
  }

  /**
   * Believes the key of another node; its end, if it has one, counts.
   *
   * @throws IOException when it is a key of this node, or no key of sessions
   */
  public PublicKeyFile add(PublicKeyFile foreign, String node, Instant now) throws IOException {
    if (foreign.use() != PublicKeyFile.Use.SESSION) {
      throw new IOException("this key seals an audit log; it signs no sessions");
    }
    Optional<PublicKeyFile> known = find(foreign.key().id());
    if (known.filter(file -> file.node().isEmpty()).isPresent()) {
      throw new IOException(foreign.key().id() + " is a key of this node");
    }
    PublicKeyFile added =
        foreign.withNode(node).withSince(known.flatMap(PublicKeyFile::since).orElse(now));
    write(added);
    copy();
    return added;
  }

  /**
   * Stops believing a key at once.
   *
   * @throws IOException when there is none with this id, or it is the one that signs or will
   */
  public PublicKeyFile remove(String id) throws IOException {
    PublicKeyFile file =
        find(id)
            .orElseThrow(() -> new IOException("there is no key " + id + "; see: hitc keys list"));
    boolean inUse =
        signing().id().equals(id) || next().filter(key -> key.id().equals(id)).isPresent();
    if (inUse) {
      throw new IOException(id + " signs sessions; replace it first: hitc keys rotate");
    }
    keys.remove(file.fileName());
    copy();
    return file;
  }

  /** All public keys of sessions that lie here, the retired ones among them. */
  public List<PublicKeyFile> believed() throws IOException {
    return files(keys);
  }

  /** All public keys that sealed checkpoints. */
  public List<PublicKeyFile> sealed() throws IOException {
    return files(audit);
  }

  private static List<PublicKeyFile> files(PinnedFolder folder) throws IOException {
    List<PublicKeyFile> files = new ArrayList<>();
    for (String name : folder.names()) {
      if (name.endsWith(KeyNames.PUBLIC)) {
        files.add(load(folder, name));
      }
    }
    return files;
  }

  private static PublicKeyFile load(PinnedFolder folder, String name) throws IOException {
    PublicKeyFile file = PublicKeyFile.load(folder.resolve(name));
    if (!name.equals(file.fileName())) {
      throw new KeyFileException(name + " holds another key: " + file.key().id());
    }
    return file;
  }

  private Optional<PublicKeyFile> find(String id) throws IOException {
    return believed().stream().filter(file -> file.key().id().equals(id)).findFirst();
  }

  private PublicKeyFile file(PublicKey key) throws IOException {
    return find(key.id()).orElse(PublicKeyFile.of(key));
  }

  /** What a file that is missing or spoilt must have said is known but for its beginning. */
  private PublicKeyFile auditFile(PublicKey key) throws IOException {
    PublicKeyFile anew = newAuditFile(key);
    if (!audit.has(anew.fileName())) {
      return anew;
    }
    try {
      return load(audit, anew.fileName());
    } catch (KeyFileException _) {
      return anew;
    }
  }

  private static PublicKeyFile newAuditFile(PublicKey key) {
    return PublicKeyFile.of(key).withUse(PublicKeyFile.Use.AUDIT);
  }

  private PublicKey create(String name) throws IOException {
    SigningKey key = SigningKey.create(random);
    keys.write(name, key.fileBytes(), PRIVATE);
    return key.publicKey();
  }

  private void write(PublicKeyFile file) throws IOException {
    write(keys, file);
  }

  private static void write(PinnedFolder folder, PublicKeyFile file) throws IOException {
    folder.write(file.fileName(), file.text().getBytes(US_ASCII), PRIVATE);
  }

  /** Removes what is past its end. */
  private void sweep(Instant now) throws IOException {
    for (PublicKeyFile file : believed()) {
      if (!file.isBelieved(now)) {
        keys.remove(file.fileName());
      }
    }
  }

  /** Makes the copies what is believed here; nothing is ever read from them. */
  private void copy() throws IOException {
    if (copies.isEmpty()) {
      return;
    }
    try (PinnedFolder folder = PinnedFolder.open(copies.get().folder())) {
      List<PublicKeyFile> files = believed();
      for (PublicKeyFile file : files) {
        folder.write(
            file.fileName(), file.text().getBytes(US_ASCII), FOR_THE_GROUP, copies.get().group());
      }
      List<String> kept = files.stream().map(PublicKeyFile::fileName).toList();
      for (String name : folder.names()) {
        if (name.endsWith(KeyNames.PUBLIC) && !kept.contains(name)) {
          folder.remove(name);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (keys) {
      audit.close();
    }
  }
}
