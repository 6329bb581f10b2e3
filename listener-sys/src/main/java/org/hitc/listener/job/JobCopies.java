package org.hitc.listener.job;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.hitc.channel.codec.CodecException;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;

/**
 * The records of jobs out of a store and back into one, for a backup. A job that was running when
 * it was copied has ended by the time it is put back, and nobody knows how: it is settled as the
 * start of a listener would ({@link JobRecord#lost}).
 */
public final class JobCopies {
  private static final int MAX_RECORD = Entry.MAX_BODY;
  private static final int RECORD = 1;

  private JobCopies() {}

  /**
   * Copies every record: for each a mark, its reference and user (UTF), when it expires (epoch
   * milliseconds), its length and its bytes.
   *
   * @return how many
   */
  public static long write(Store store, OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    long count = 0;
    List<Entry> part = store.scan(Kind.JOB, "", Store.MAX_LIST);
    while (!part.isEmpty()) {
      for (Entry entry : part) {
        if (References.isReference(entry.key().id())) {
          write(entry, out);
          count++;
        }
      }
      part = store.scan(Kind.JOB, part.getLast().key().id(), Store.MAX_LIST);
    }
    out.flush();
    return count;
  }

  private static void write(Entry entry, DataOutputStream out) throws IOException {
    byte[] body = entry.body();
    out.writeByte(RECORD);
    out.writeUTF(entry.key().id());
    out.writeUTF(entry.owner());
    out.writeLong(entry.expires().toEpochMilli());
    out.writeInt(body.length);
    out.write(body);
  }

  /**
   * What became of the records.
   *
   * @param added put into the store
   * @param settled of these, how many were running when they were copied
   * @param present were there already, which are left as they are
   * @param over had passed their time
   */
  public record Counts(long added, long settled, long present, long over) {}

  /**
   * Puts back what the store does not have, without the pages, which are in no backup.
   *
   * @param keepUntil when a job expires that was running
   * @throws IOException when these are not the bytes of {@link #write}; what came before is in
   */
  public static Counts read(Store store, InputStream from, Instant now, Instant keepUntil)
      throws IOException {
    DataInputStream in = new DataInputStream(from);
    long added = 0;
    long settled = 0;
    long present = 0;
    long over = 0;
    for (int mark = in.read(); mark >= 0; mark = in.read()) {
      String reference = in.readUTF();
      String user = in.readUTF();
      Instant expires = Instant.ofEpochMilli(in.readLong());
      JobRecord record = record(in);
      boolean ran = record.ended().isEmpty();
      Instant until = ran ? keepUntil : expires;
      if (mark != RECORD || !References.isReference(reference)) {
        throw new IOException("these are no records of jobs");
      }
      if (!until.isAfter(now)) {
        over++;
      } else if (store.write(
          Change.create(
              new Key(Kind.JOB, reference),
              user,
              until,
              RecordCodec.encode(ran ? record.lost(now) : record.withoutPage())))) {
        added++;
        settled += ran ? 1 : 0;
      } else {
        present++;
      }
    }
    return new Counts(added, settled, present, over);
  }

  private static JobRecord record(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_RECORD) {
      throw new IOException("no record of a job is that long");
    }
    try {
      return RecordCodec.decode(JobRecord.class, in.readNBytes(length));
    } catch (CodecException e) {
      throw new IOException("a record of a job is of another version", e);
    }
  }
}
