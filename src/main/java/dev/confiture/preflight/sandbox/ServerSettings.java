package dev.confiture.preflight.sandbox;

import java.util.List;

/** The settings of the embedded server: nothing to keep, little to run, production's lock table. */
final class ServerSettings {

  private static final List<String> FIXED =
      List.of(
          "listen_addresses = '127.0.0.1'",
          "unix_socket_directories = ''",
          // Nothing here outlives the run.
          "fsync = off",
          "synchronous_commit = off",
          "full_page_writes = off",
          "wal_level = minimal",
          "max_wal_senders = 0",
          "max_replication_slots = 0",
          "max_logical_replication_workers = 0",
          "max_prepared_transactions = 0",
          "checkpoint_timeout = '1d'",
          "autovacuum = off",
          // Small statements on empty tables, and memory that a container grants sparingly.
          "jit = off",
          "max_parallel_workers = 0",
          "max_parallel_workers_per_gather = 0",
          "max_parallel_maintenance_workers = 0",
          "dynamic_shared_memory_type = mmap",
          // The guardian limits each session's memory and each file.
          "temp_file_limit = '4GB'",
          // The size of the lock table is a migration's concern (53200, "You might need to increase
          // max_locks_per_transaction"), so it is that of a server with default settings: each
          // connection and worker counts, and these workers stand for the ten senders left out.
          "max_connections = 100",
          "max_locks_per_transaction = 64",
          "max_worker_processes = 18",
          "timezone = 'UTC'",
          "log_timezone = 'UTC'",
          "datestyle = 'ISO, MDY'",
          "lc_messages = 'C'",
          "logging_collector = off",
          "log_min_messages = log",
          "log_min_error_statement = panic",
          "log_checkpoints = off",
          "update_process_title = off");

  private ServerSettings() {}

  /** Lines for the end of postgresql.conf, where the last word counts. */
  static String text(int port) {
    return "\n" + String.join("\n", FIXED) + "\nport = " + port + "\n";
  }
}
