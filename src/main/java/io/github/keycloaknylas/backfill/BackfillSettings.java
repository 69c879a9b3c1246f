package io.github.keycloaknylas.backfill;

import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.links.UserEligibility.Requirements;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.mail.MailProviders;
import java.util.Optional;
import org.keycloak.models.GroupModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/**
 * The settings that decide which links of an identity provider are queued.
 *
 * @param broker the identity provider
 * @param provider its mail provider
 * @param mapper settings of its mapper
 * @param required what the mapper requires of a user
 */
record BackfillSettings(
        IdentityProviderModel broker, MailProvider provider, MapperSettings mapper, Requirements required) {

    /** @param session bound to the realm, whose provider and mapper exist */
    static BackfillSettings of(KeycloakSession session, RealmModel realm, String alias) {
        IdentityProviderModel broker = session.identityProviders().getByAlias(alias);
        MapperSettings mapper = MapperSettings.find(session, alias).orElseThrow();
        Optional<RoleModel> role = mapper.audience().requiredRole(realm);
        Optional<GroupModel> group = mapper.audience().requiredGroup(session, realm);
        return new BackfillSettings(
                broker,
                MailProviders.installed().of(broker),
                mapper,
                new Requirements(role.map(RoleModel::getId), group.map(GroupModel::getId)));
    }
}
