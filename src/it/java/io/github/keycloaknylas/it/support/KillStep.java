package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.microsoft.Account;
import java.util.Optional;

/** Between which two steps of a handover the server is killed. */
public enum KillStep {
    SHOWING(
            1,
            "user_attribute",
            "new.name = 'nylas_grant_id' and exists (select 1 from user_entity u where u.id = new.user_id and"
                    + " position('%s' in u.username) > 0)"),
    RECORDING(
            2, "nylas_grant", "new.grant_state = 'CONNECTED' and old.grant_state <> 'CONNECTED' and " + Condition.HIS),
    DONE_AT_NYLAS(2),
    CALLING(2),
    LEASED(1),
    LEASING(
            1,
            "nylas_grant",
            "tg_op = 'UPDATE' and new.lease_token is not null and old.lease_token is null and " + Condition.HIS),
    // Hibernate inserts the row as it was made, and what is merged into it comes by an update.
    MERGING(1, "nylas_grant", "old.expected is null and " + Condition.HIS),
    MARKING(1, "nylas_capture", "tg_op = 'UPDATE' and new.completed_at is not null and " + Condition.HIS),
    CAPTURING(1, "nylas_capture", "tg_op = 'INSERT' and " + Condition.HIS);

    /** How often Nylas is called in the end: twice where nobody can know that the first call came to something. */
    public final int calls;

    private final String table;
    private final String condition;

    KillStep(int calls) {
        this(calls, null, null);
    }

    KillStep(int calls, String table, String condition) {
        this.calls = calls;
        this.table = table;
        this.condition = condition;
    }

    /** Where a statement can be stopped there. */
    public Optional<String> table() {
        return Optional.ofNullable(table);
    }

    public String condition(Account account) {
        return condition.formatted(name(account));
    }

    /** Which rows of either table are this person's. */
    public static String his(Account account) {
        return "position('" + name(account) + "' in expected) > 0";
    }

    private static String name(Account account) {
        return account.mail().replaceFirst("@.*", "");
    }

    private static final class Condition {
        public static final String HIS = "position('%s' in new.expected) > 0";
    }
}
