"""How every form of the portal is rendered: GOV.UK form groups with our own words."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Uses the templates of this project for forms, fields and widgets; set as FORM_RENDERER."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
