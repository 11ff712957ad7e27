"""An administrator opens an account, its owner makes it theirs, and a lock puts them out."""

from playwright.sync_api import Browser, Page, expect

from tests.world import COUNTY, World


def log_in(page: Page, password: str) -> None:
    page.goto("/")
    page.get_by_label("用户名").fill("xuxin")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def test_a_new_colleague_gets_an_account_makes_it_theirs_and_is_locked_out(
    world: World, page_of, readable, browser: Browser, live_site: str
):
    admin = page_of(world.user("admin", at=COUNTY))
    admin.get_by_role("link", name="账号与岗位").click()
    readable(admin)
    admin.get_by_role("link", name="新建账号").click()
    readable(admin)
    admin.locator("[name=username]").fill("xuxin")
    admin.locator("[name=full_name]").fill("徐新")
    admin.get_by_label("转诊中心").check()
    admin.get_by_role("button", name="保存").click()
    expect(admin.locator("h1")).to_have_text("初始密码")
    readable(admin)
    password = admin.locator(".first-password code").inner_text()

    context = browser.new_context(base_url=live_site, locale="zh-CN")
    colleague = context.new_page()
    colleague.set_default_timeout(15_000)
    log_in(colleague, password)
    expect(colleague.locator("main")).to_contain_text("这是初始密码")
    colleague.goto("/inbox/")
    expect(colleague.locator("main")).to_contain_text("这是初始密码")
    for name, typed in (("oldpassword", password), ("password1", "liang-tian-2026"), ("password2", "liang-tian-2026")):
        colleague.locator(f"[name={name}]").fill(typed)
    colleague.get_by_role("button", name="修改密码").click()
    expect(colleague.get_by_role("navigation", name="主导航")).to_contain_text("我的待办")

    admin.get_by_role("link", name="我已告知本人").click()
    expect(admin.locator("h1")).to_contain_text("在岗")
    readable(admin)
    admin.get_by_role("link", name="锁定账号").click()
    readable(admin)
    admin.locator("[name=ground]").fill("离职")
    admin.get_by_role("button", name="锁定账号").click()
    expect(admin.locator("h1")).to_contain_text("已锁定")
    colleague.goto("/inbox/")
    expect(colleague.get_by_role("button", name="登录", exact=True)).to_be_visible()
    context.close()
