package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.signin.Attempt;
import io.github.keycloaknylas.testkit.signin.SignIn;
import jakarta.ws.rs.core.Response;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.MembershipType;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** An organisation of a realm, whose members sign in through its own provider. */
public final class Organisation {

    private final TestRealm realm;
    private final String id;

    private Organisation(TestRealm realm, String id) {
        this.realm = realm;
        this.id = id;
    }

    public static Organisation create(TestRealm realm, String domain, String alias) {
        RealmRepresentation settings = realm.admin().toRepresentation();
        settings.setOrganizationsEnabled(true);
        realm.admin().update(settings);
        OrganizationRepresentation organisation = new OrganizationRepresentation();
        organisation.setName("Contoso");
        organisation.setAlias("contoso");
        organisation.addDomain(new OrganizationDomainRepresentation(domain));
        String id;
        try (Response response = realm.admin().organizations().create(organisation)) {
            id = CreatedResponseUtil.getCreatedId(response);
        }
        realm.admin()
                .organizations()
                .get(id)
                .identityProviders()
                .addIdentityProvider(alias)
                .close();
        IdentityProviderRepresentation provider =
                realm.admin().identityProviders().get(alias).toRepresentation();
        provider.getConfig().put("kc.org.domain", domain);
        provider.getConfig().put("kc.org.broker.redirect.mode.email-matches", "true");
        realm.admin().identityProviders().get(alias).update(provider);
        return new Organisation(realm, id);
    }

    /** Types an address on the login page; its domain says where to go on. */
    public Attempt signIn(String email) {
        return SignIn.to(realm)
                .open()
                .then(page ->
                        page.form("#kc-form-login").fill("username", email).submit());
    }

    public boolean manages(String userId) {
        return realm.admin().organizations().get(id).members().list(0, 10).stream()
                .anyMatch(member ->
                        member.getId().equals(userId) && member.getMembershipType() == MembershipType.MANAGED);
    }
}
