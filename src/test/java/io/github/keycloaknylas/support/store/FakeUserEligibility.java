package io.github.keycloaknylas.support.store;

import io.github.keycloaknylas.links.UserEligibility;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/** The users of a {@link FakeUserStore}, or nothing at all where the storage cannot be read. */
final class FakeUserEligibility implements UserEligibility {

    private final FakeUserStore store;

    FakeUserEligibility(FakeUserStore store) {
        this.store = store;
    }

    @Override
    public Map<String, Answer> read(
            KeycloakSession session, String realmId, Collection<String> userIds, Requirements requirements) {
        return userIds.stream().collect(Collectors.toMap(Function.identity(), id -> answer(realmId, id, requirements)));
    }

    private Answer answer(String realmId, String userId, Requirements requirements) {
        if (store.isForeign() || store.existing(realmId, userId).isEmpty()) {
            return Answer.UNKNOWN;
        }
        boolean eligible = store.isEnabled(realmId, userId)
                && Stream.of(requirements.roleId(), requirements.groupId())
                        .allMatch(required -> required.stream().allMatch(id -> store.isMember(realmId, userId, id)));
        return eligible ? Answer.ELIGIBLE : Answer.INELIGIBLE;
    }
}
