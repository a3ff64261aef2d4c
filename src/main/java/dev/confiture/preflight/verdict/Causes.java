package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.MendedMigration.LeftOut;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.verdict.Outcome.BlockedBy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The statements of a run that took no effect, in their order, and which of them another failure
 * follows from.
 *
 * <p>A file that is itself only blocked passes its first cause on.
 */
final class Causes {

  private final SearchPath path;
  private final List<Lacking> lacking = new ArrayList<>();
  private final List<Root> roots = new ArrayList<>();
  private final Set<MigrationFile> unverified = new HashSet<>();

  Causes(SearchPath path) {
    this.path = path;
  }

  /**
   * Keeps what is lacking with its cause.
   *
   * @param notFound the names that the statement that was to make it did not find itself
   */
  private record Lacking(Lack lack, BlockedBy by, Set<String> notFound) {

    /** Returns true if the statement may have put this name together of its text. */
    boolean mayCompute(String name) {
      return lack.mayCompute(name) && !notFound.contains(name);
    }
  }

  /** A file with a failure of its own, and what is there of it once it is mended. */
  private record Root(BlockedBy by, List<DatabaseObject> written) {}

  /** A first cause. */
  record Found(BlockedBy by, boolean isUnverified) {}

  /**
   * A file of which something took no effect.
   *
   * @param without the statements and parts without effect
   * @param failures those of the file: the first one to point at, where no object can be named
   * @param mended returns true if a statement's object is as it should be in the mended run: only
   *     that can be why another file passes there
   * @param written what is there of the file once it is mended, as far as the catalog tells
   * @param passedOn the first cause, where the file is itself only blocked
   * @param isUnverified true if nobody knows whether the file fails
   */
  record Shortfall(
      MigrationFile file,
      List<LeftOut> without,
      List<Failure> failures,
      Predicate<Lack> mended,
      List<DatabaseObject> written,
      Optional<BlockedBy> passedOn,
      boolean isUnverified) {

    /** Returns false for what is gone already: the server refused to drop or rename it for that. */
    private boolean isLeft(Lack lack) {
      return !lack.removal()
          || failures.stream()
              .filter(failure -> failure.error().saysUndefined())
              .filter(failure -> isOf(failure, lack.statement()))
              .noneMatch(failure -> new ErrorWords(failure).say(lack.object()));
    }
  }

  void add(Shortfall of) {
    if (of.isUnverified()) {
      unverified.add(of.file());
    }
    for (LeftOut each : of.without()) {
      add(
          of.file(),
          each,
          of.passedOn(),
          notFound(of.failures(), each.statement()),
          lack -> of.mended().test(lack) && of.isLeft(lack));
    }
    if (of.passedOn().isEmpty() && !of.without().isEmpty()) {
      Position position =
          of.failures().stream()
              .findFirst()
              .map(failure -> failure.place().start())
              .orElseGet(() -> new Position(1, 1));
      roots.add(
          new Root(new BlockedBy(of.file(), position, Optional.empty(), false), of.written()));
    }
  }

  private static boolean isOf(Failure failure, Statement statement) {
    return failure
        .statement()
        .filter(place -> place.statement().start() == statement.start())
        .isPresent();
  }

  /** Adds a statement of the same file as the failure, but for the part that failed so. */
  void add(MigrationFile file, LeftOut without, Failure failure) {
    boolean same = isOf(failure, without.statement());
    add(
        file,
        without,
        Optional.empty(),
        same ? notFound(List.of(failure), without.statement()) : Set.of(),
        lack -> !same || !isAt(lack, without, failure));
  }

  private static boolean isAt(Lack lack, LeftOut without, Failure failure) {
    return without.parts().isEmpty()
        || without.parts().stream()
            .filter(part -> part.contains(lack.offset()))
            .min(Comparator.comparingInt(part -> part.end() - part.start()))
            .filter(part -> within(lack, part.start(), part.end(), failure.place().start()))
            .isPresent();
  }

  private static boolean within(Lack lack, int start, int end, Position at) {
    var source = lack.statement().source();
    return source.position(start).compareTo(at) <= 0 && at.compareTo(source.position(end)) < 0;
  }

  private static Set<String> notFound(List<Failure> failures, Statement statement) {
    return failures.stream()
        .filter(failure -> failure.error().saysUndefined() && isOf(failure, statement))
        .flatMap(failure -> FailureHints.namedObject(failure).stream())
        .collect(Collectors.toSet());
  }

  private void add(
      MigrationFile file,
      LeftOut without,
      Optional<BlockedBy> passedOn,
      Set<String> notFound,
      Predicate<Lack> counts) {
    for (Lack lack : Lack.of(without.statement())) {
      if (without.covers(lack.offset()) && counts.test(lack)) {
        Position position = lack.statement().source().position(lack.offset());
        lacking.add(
            new Lacking(
                lack,
                passedOn.orElseGet(
                    () -> new BlockedBy(file, position, Optional.of(lack.named()), lack.removal())),
                notFound));
      }
    }
  }

  /**
   * Returns the first cause of a failure that says that an object is not as one of these left it.
   */
  Optional<BlockedBy> of(Failure failure) {
    if (failure.source() == Failure.Source.TOOL
        && failure.evidence().precondition().map(Precondition::decidedBy).orElse(null)
            instanceof Precondition.DecidedBy.Catalog demanded) {
      return of(demanded);
    }
    ErrorWords words = new ErrorWords(failure);
    return first(
            lack -> lack.mayBeMeant(failure) && words.miss(lack.object(), lack.removal(), path))
        .or(
            () ->
                words.missWhatExtensionsBring()
                    ? first(Lack::isOfUnknownExtension)
                    : Optional.empty())
        .or(
            () ->
                FailureHints.namedObject(failure)
                    .filter(_ -> failure.error().saysUndefined())
                    .flatMap(this::computed));
  }

  private Optional<BlockedBy> computed(String name) {
    return lacking.stream().filter(each -> each.mayCompute(name)).map(Lacking::by).findFirst();
  }

  private Optional<BlockedBy> of(Precondition.DecidedBy.Catalog demanded) {
    return demanded.objects().stream()
        .flatMap(
            object ->
                first(lack -> lack.removal() != demanded.exists() && lack.is(object, path))
                    .stream())
        .findFirst();
  }

  /**
   * Returns the first cause for which a file passes that fails once the cause is mended: a
   * statement that does the same then.
   */
  Optional<BlockedBy> rival(Failure failure) {
    ErrorWords words = new ErrorWords(failure);
    return first(lack -> words.miss(lack.object(), !lack.removal(), path)).or(() -> named(words));
  }

  /**
   * Returns the first cause of a failure that is known to have one of these: by the object that the
   * error says is not as expected, else by one that is there once the cause is mended, else by one
   * that the error names, else by one that its statement names, else the first of all.
   */
  Optional<Found> found(Failure failure) {
    ErrorWords words = new ErrorWords(failure);
    return of(failure)
        .or(() -> written(words))
        .or(() -> named(words))
        .map(by -> new Found(by, isUnverified(by)));
  }

  private Optional<BlockedBy> written(ErrorWords words) {
    for (Root root : roots) {
      for (DatabaseObject object : root.written()) {
        if (words.miss(object, false, path)) {
          BlockedBy by = root.by();
          return Optional.of(new BlockedBy(by.file(), by.position(), Optional.of(object), false));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<BlockedBy> named(ErrorWords words) {
    return first(lack -> !lack.isOfRows() && words.say(lack.object()))
        .or(() -> first(lack -> !lack.isOfRows() && words.mention(lack.object())))
        .or(() -> roots.stream().map(Root::by).findFirst());
  }

  private Optional<BlockedBy> first(Predicate<Lack> test) {
    return lacking.stream().filter(each -> test.test(each.lack())).map(Lacking::by).findFirst();
  }

  /** Returns true if nobody knows whether the cause fails itself. */
  boolean isUnverified(BlockedBy by) {
    return unverified.contains(by.file());
  }
}
