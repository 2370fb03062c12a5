"""Bulk acts: a preview first, a result per row, once however often it is clicked, and one message per office."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Post
from accounts.scope import enter, of_organisation, system
from notifications.models import Draft, Message
from tests.factories import make_actor, make_organisation
from tests.portal.work import accepted_filing, browser, done, job_of, opened_filing, outcomes, preview, put_task, start
from workflow import jobs, outbox
from workflow.models import Delivery, Event, Job, JobItem, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    """A handler of 省科技厅."""
    return make_actor(make_organisation("kjt", "测试科技厅"))


def owed(lead: Actor, department: Actor, count: int) -> list[Task]:
    """Opinions that the lead has asked a department for."""
    return [
        put_task(department, opened_filing(lead), f"出具意见{n}", created_by=lead.organisation) for n in range(count)
    ]


def test_preview_says_what_will_happen_and_what_cannot(lead: Actor) -> None:
    department = make_actor(make_organisation("department", "测试财政厅"))
    tasks = owed(lead, department, 2)
    client = browser(lead)
    done(start(client, "remind", tasks[:1], "asked"))
    page = preview(client, "remind", tasks, "asked")
    assert "可办理 1 项，不能办理 1 项" in page
    assert "催办：测试财政厅" in page
    assert "今天已经催办过" in page
    with system():
        assert Event.objects.filter(name="remind").count() == 1


def test_reminder_is_recorded_per_row_and_told_once_per_office(lead: Actor) -> None:
    offices = [make_actor(make_organisation("department")) for _n in range(2)]
    tasks = owed(lead, offices[0], 3) + owed(lead, offices[1], 1)
    job = done(start(browser(lead), "remind", tasks, "asked", note="请抓紧"))
    assert [outcome for outcome, _words in outcomes(job)] == ["done"] * 4
    assert job.finished_at is not None
    with system():
        events = Event.objects.filter(name="remind")
        assert sorted(events.values_list("subject_id", flat=True)) == sorted(task.pk for task in tasks)
        assert set(events.values_list("audience", "reason")) == {("authority", "请抓紧")}
        told = {m.organisation_id: m for m in Message.objects.all()}
    assert len(told) == 2
    body = told[offices[0].organisation.pk].body
    assert [title in body for title in ("出具意见0", "出具意见1", "出具意见2", "请抓紧")] == [True] * 4


def test_city_does_not_read_of_a_reminder_to_a_department(lead: Actor) -> None:
    department = make_actor(make_organisation("department"))
    task = owed(lead, department, 1)[0]
    done(start(browser(lead), "remind", [task], "asked"))
    with system():
        owner = Event.objects.get(name="remind").tenant_id
    with of_organisation(owner):
        assert not Event.objects.filter(name="remind").exists()
    with of_organisation(lead.organisation.pk):
        assert Event.objects.filter(name="remind").exists()


def test_double_click_starts_one_job(lead: Actor) -> None:
    tasks = owed(lead, make_actor(make_organisation("department")), 2)
    client = browser(lead)
    first, second = (start(client, "remind", tasks, "asked", key="same") for _n in range(2))
    assert first["Location"] == second["Location"]
    done(first)
    with system():
        assert (Job.objects.count(), JobItem.objects.count(), Event.objects.filter(name="remind").count()) == (1, 2, 2)


def test_two_windows_remind_once(lead: Actor) -> None:
    tasks = owed(lead, make_actor(make_organisation("department")), 1)
    client = browser(lead)
    responses = [start(client, "remind", tasks, "asked", key=key) for key in ("one", "two")]
    jobs_ = [done(response) for response in responses]
    assert sorted(outcome for job in jobs_ for outcome, _words in outcomes(job)) == ["done", "skipped"]
    with system():
        assert Event.objects.filter(name="remind").count() == 1


def test_assigning_skips_whom_the_row_does_not_fit(lead: Actor) -> None:
    colleague = make_actor(lead.organisation, name="某同事")
    tasks = [put_task(lead, opened_filing(lead)), put_task(lead, opened_filing(lead), role="signer")]
    client, chosen = browser(lead), str(colleague.person.pk)
    page = preview(client, "assign", tasks, "office", seen="1", person=chosen)
    assert "可办理 1 项，不能办理 1 项" in page
    assert "某同事不在签发人岗位上" in page
    job = done(start(client, "assign", tasks, "office", person=chosen))
    assert outcomes(job) == [("done", "已指派给某同事")]
    with system():
        assert Task.objects.get(pk=tasks[0].pk).assignee_id == colleague.person.pk
        assert Task.objects.get(pk=tasks[1].pk).assignee_id is None


def test_assigning_to_a_stranger_is_not_offered(lead: Actor) -> None:
    task, stranger = put_task(lead, opened_filing(lead)), make_actor()
    response = start(browser(lead), "assign", [task], person=str(stranger.person.pk))
    assert response.status_code == 200
    with system():
        assert Job.objects.count() == 0


def test_opinions_are_asked_by_drafts_that_still_need_a_signature(lead: Actor) -> None:
    departments = [make_organisation("department") for _n in range(2)]
    ready, early = accepted_filing(lead), opened_filing(lead)
    tasks = [put_task(lead, ready), put_task(lead, early)]
    codes = [department.code for department in departments]
    client = browser(lead)
    page = preview(client, "consult", tasks, "mine", seen="1", departments=codes)
    assert "可办理 1 项，不能办理 1 项" in page
    job = done(start(client, "consult", tasks, departments=codes))
    assert outcomes(job) == [("done", "已起草征求意见函")]
    with system():
        draft = Draft.objects.get(kind="consultation")
        assert (draft.subject_id, draft.status, draft.fields["departments"]) == (ready.pk, "drafting", codes)
        assert draft.handler_id == lead.person.pk


@pytest.mark.parametrize(("kind", "role"), [("department", "handler"), ("kjt", "signer"), ("applicant_gov", "handler")])
def test_asking_for_opinions_is_the_leads_handlers_alone(kind: str, role: str) -> None:
    actor = make_actor(make_organisation(kind), role)
    put_task(actor, opened_filing(make_actor(make_organisation("department"))))
    assert 'value="remind"' in browser(actor).get("/desk/").content.decode()
    assert 'value="consult"' not in browser(actor).get("/desk/").content.decode()
    assert browser(actor).post("/desk/bulk/", {"act": "consult", "rows": []}).status_code == 404
    # Back from signing in again, without what was selected.
    assert browser(actor).get("/desk/bulk/")["Location"] == "/desk/"


def test_rows_of_others_are_not_taken(lead: Actor) -> None:
    stranger = make_actor(make_organisation("department"))
    task = put_task(stranger, opened_filing(lead))
    assert "没有选中事项" in preview(browser(lead), "remind", [task], "office")


def test_row_whose_case_was_closed_meanwhile_is_skipped_with_the_reason(lead: Actor) -> None:
    tasks = owed(lead, make_actor(make_organisation("department")), 2)
    response = start(browser(lead), "remind", tasks, "asked")
    with system():
        Task.objects.filter(pk=tasks[0].pk).update(done_at=timezone.now())
    job = done(response)
    assert outcomes(job)[0] == ("skipped", "这件事项已经办结。")
    assert outcomes(job)[1][0] == "done"


def test_who_left_the_post_does_nothing_any_more(lead: Actor) -> None:
    tasks = owed(lead, make_actor(make_organisation("department")), 1)
    response = start(browser(lead), "remind", tasks, "asked")
    Post.objects.filter(pk=lead.post.pk).update(valid_to="2020-01-01")
    assert outcomes(done(response)) == [("skipped", "您已不在提交时的岗位上，这一项没有办理。")]


def test_job_goes_on_after_a_worker_was_killed_between_rows(lead: Actor) -> None:
    tasks = owed(lead, make_actor(make_organisation("department")), 3)
    job = job_of(start(browser(lead), "remind", tasks, "asked"))
    outbox.deliver_one()
    assert [outcome for outcome, _w in outcomes(job)].count("done") == 1
    page = browser(lead).get(f"/desk/jobs/{job.pk}/")
    assert "正在办理：1 / 3" in page.content.decode()
    assert page["Refresh"] == "3"
    outbox.deliver_all()
    assert [outcome for outcome, _w in outcomes(job)] == ["done"] * 3
    with system():
        assert Event.objects.filter(name="remind").count() == 3
        assert Message.objects.count() == 1
        assert not Delivery.objects.filter(effect="workflow.job_row", done_at=None).exists()


def test_row_that_lost_the_database_is_tried_again_and_another_error_is_reported(lead: Actor) -> None:
    tries: list[str] = []

    def perform(row: JobItem, job: Job, actor: Actor) -> jobs.Told:
        tries.append(row.label)
        if row.label == "甲" and len(tries) == 1:
            raise OperationalError("gone")
        if row.label == "乙":
            raise KeyError("x")
        return "好", {}

    jobs.register(jobs.JobKind("tests.kind", perform=perform))
    with lead_scope(lead):
        job = jobs.ask("tests.kind", lead, "k", [(lead.person.pk, "甲"), (lead.person.pk, "乙")])
    outbox.deliver_all()
    assert [outcome for outcome, _w in outcomes(job)] == ["waiting", "failed"]
    with system():
        Delivery.objects.filter(effect="workflow.job_row", done_at=None).update(due_at="2020-01-01T00:00Z")
    outbox.deliver_all()
    assert outcomes(job) == [("done", "好"), ("failed", "系统出错：KeyError")]


def lead_scope(actor: Actor) -> Any:
    """The scope of an actor."""
    return enter(actor.scope)


def test_job_is_its_persons_own(lead: Actor) -> None:
    tasks = owed(lead, make_actor(make_organisation("department")), 1)
    job = done(start(browser(lead), "remind", tasks, "asked"))
    for other in (make_actor(lead.organisation), make_actor()):
        client = browser(other)
        for path in ("", "report.csv", "file/"):
            assert client.get(f"/desk/jobs/{job.pk}/{path}").status_code == 404
        assert str(job.pk) not in client.get("/desk/jobs/").content.decode()
    report = browser(lead).get(f"/desk/jobs/{job.pk}/report.csv").content.decode("utf-8-sig")
    assert report.splitlines()[1].startswith("1,出具意见0,已办,已催办")


def test_whole_list_is_taken_as_it_is_filtered(lead: Actor) -> None:
    department = make_actor(make_organisation("department"))
    owed(lead, department, 3)
    put_task(department, opened_filing(lead), "另一件", created_by=lead.organisation)
    asked = {"act": "remind", "whole": "1", "query": "queue=asked&text=出具", "seen": "1", "run": "1", "key": "w"}
    assert len(outcomes(done(browser(lead).post("/desk/bulk/", asked)))) == 3


def test_whole_list_keeps_the_choice_of_person_and_city(lead: Actor) -> None:
    colleague = make_actor(lead.organisation)
    filings = [opened_filing(lead) for _n in range(3)]
    tasks = [put_task(lead, filing, f"第{n}件") for n, filing in enumerate(filings)]
    with system():
        Task.objects.filter(pk=tasks[0].pk).update(assignee=colleague.person)
    for number, query in enumerate((f"assignee={colleague.person.pk}", f"city={filings[2].tenant.code}")):
        asked = {"act": "remind", "whole": "1", "query": f"queue=office&{query}", "seen": "1", "run": "1", "key": query}
        job = done(browser(lead).post("/desk/bulk/", asked))
        with system():
            assert list(job.items.values_list("label", flat=True)) == [["第0件"], ["第2件"]][number]
