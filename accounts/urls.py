"""Addresses of the accounts room."""

from django.urls import path

from accounts.views import acting, joining, people, tokens

app_name = "accounts"
urlpatterns = [
    path("", people.index, name="people"),
    path("invite/", people.invite, name="invite"),
    path("invitations/<uuid:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("posts/<uuid:pk>/end/", people.end_post, name="end_post"),
    path("post/", acting.choose_post, name="choose_post"),
    path("me/", acting.profile, name="profile"),
    path("me/tokens/", tokens.index, name="tokens"),
    path("me/tokens/<uuid:pk>/revoke/", tokens.revoke, name="revoke_token"),
    path("join/<str:token>/", joining.accept, name="accept"),
]
