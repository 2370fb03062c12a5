"""Forms of sign-in, acting post, invitation and signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import handing
from accounts.actors import posts_of
from accounts.handing import Held
from accounts.models import Person, Post


class SignInForm(LoginForm):
    """Sign-in (登录) by user name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].label = _("用户名")
        self.fields["login"].widget = forms.TextInput(attrs={"autocomplete": "username"})
        self.fields["password"].label = _("密码")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in; who holds several posts chooses one first and then goes where they wanted to go."""
        response: HttpResponse = super().login(request, redirect_url)
        if request.user.is_authenticated and len(posts_of(request.user)) > 1:
            wanted = redirect_url or response.headers.get("Location", "")
            return HttpResponseRedirect(f"{reverse('accounts:choose_post')}?{urlencode({'next': wanted})}")
        return response


class PostForm(forms.Form):
    """The choice of the acting post (当前岗位) among those that the person holds."""

    post = forms.ChoiceField(label=_("以哪个岗位办理"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(post.pk), post_in_words(post)) for post in posts]
        field.error_messages["required"] = _("请选择一个岗位。")
        field.error_messages["invalid_choice"] = _("您已不担任所选岗位，请重新选择。")


def post_in_words(post: Post) -> str:
    """A post as a person reads it: organisation, role, title."""
    title = f"（{post.title}）" if post.title else ""
    return f"{post.organisation.name} · {post.get_role_display()}{title}"


class InvitationForm(forms.Form):
    """Whom an administrator invites to which post."""

    name = forms.CharField(
        label=_("姓名"), max_length=40, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )
    email = forms.EmailField(
        label=_("电子邮箱"), help_text=_("邀请链接发到这个邮箱；单位没有邮箱服务的，也可以把链接当面交给本人。")
    )
    role = forms.ChoiceField(
        label=_("岗位"), widget=forms.RadioSelect, help_text=_("同一份公文的经办、审核、签发必须是三个人。")
    )
    title = forms.CharField(
        label=_("职务"),
        max_length=40,
        required=False,
        help_text=_("如“高新处处长”，可不填。"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = roles


class EndPostForm(forms.Form):
    """The last day of a post."""

    last_day = forms.DateField(
        label=_("最后在岗日"),
        help_text=_("这一天之后不能再以该岗位办理。需要立即停用的，请填昨天的日期。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
    )

    everything = forms.ChoiceField(
        label=_("在办事项全部移交给"),
        required=False,
        help_text=_("也可以在下面逐件选定；逐件选定的优先。"),
    )

    def __init__(self, *args: Any, post: Post, held: Sequence[Held] = (), heirs: Sequence[Person] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate
        self.post, self.held = post, list(held)
        people = [("", _("请选择")), *((str(person.pk), person.name) for person in heirs)]
        if not self.held:
            del self.fields["everything"]
            return
        self.fields["everything"].choices = people  # type: ignore[attr-defined]
        for one in self.held:
            self.fields[one.field] = forms.ChoiceField(label=one.title, choices=people, required=False)

    def held_rows(self) -> list[dict[str, Any]]:
        """Each thing in hand with its kind, address and field."""
        return [{"held": one, "kind": handing.label_of(one), "field": self[one.field]} for one in self.held]

    def chosen(self, heirs: Sequence[Person]) -> dict[str, Person]:
        """Who goes on with each thing in hand, by its field."""
        people = {str(person.pk): person for person in heirs}
        all_to = self.cleaned_data.get("everything", "")
        picked = {one.field: people.get(self.cleaned_data.get(one.field) or all_to) for one in self.held}
        return {name: person for name, person in picked.items() if person is not None}

    def clean_last_day(self) -> dt.date:
        """Not before the day ahead of the post's first, not more than a year ahead."""
        day: dt.date = self.cleaned_data["last_day"]
        if day < self.post.valid_from - dt.timedelta(days=1):
            raise ValidationError(_("不能早于任职日期 %(day)s 的前一天。") % {"day": self.post.valid_from})
        if day > timezone.localdate() + dt.timedelta(days=366):
            raise ValidationError(_("不能晚于一年以后。"))
        return day


class AccountForm(forms.Form):
    """The new account of a person who was invited."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=150,
        help_text=_("登录时使用；可用字母、数字和 @ . + - _ 。"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "class": "govuk-input--width-20"}),
        validators=list(Person._meta.get_field("username").validators),
    )
    password1 = forms.CharField(
        label=_("密码"),
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "govuk-input--width-20"}),
    )
    password2 = forms.CharField(
        label=_("再输入一次密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "govuk-input--width-20"}),
    )

    def clean_username(self) -> str:
        """Free, whatever the case of its letters."""
        username: str = self.cleaned_data["username"]
        if Person.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("这个用户名已被使用，请换一个。已有账号的，请先登录再接受邀请。"))
        return username

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same and good enough."""
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("两次输入的密码不一致。"))
        elif first:
            try:
                validate_password(first, Person(username=data.get("username", "")))
            except ValidationError as error:
                self.add_error("password1", error)
        return data
